'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button';
import { cx } from './cx';

type Props = {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The button that opens it, if it is not opened by state. */
  trigger?: ReactNode;
  title: ReactNode;
  /** A sentence under the title; read aloud on opening. */
  description?: ReactNode;
  children: ReactNode;
  /** Stays in view below the content. */
  footer?: ReactNode;
};

/** A question or a form that has to be finished or left before going on. */
export function Dialog(props: Props) {
  return (
    <Layer
      {...props}
      className="fixed inset-x-4 top-[12dvh] mx-auto flex max-h-[76dvh] max-w-[40rem] flex-col rounded-md"
    />
  );
}

/**
 * One thing of a list, looked at beside the list. With `modal={false}` the page behind stays in use,
 * and its keys go on working: j and k change what the drawer shows.
 */
export function Drawer({ modal = true, ...props }: Props & { modal?: boolean }) {
  return (
    <Layer
      {...props}
      modal={modal}
      className="fixed inset-y-0 right-0 flex w-full max-w-[36rem] flex-col border-y-0 border-r-0"
    />
  );
}

function Layer({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  children,
  footer,
  className,
  modal = true,
}: Props & { className: string; modal?: boolean }) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={modal}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        {modal && <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />}
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          {...(modal ? { 'data-modal': '' } : { 'data-keys': 'pass' })}
          onInteractOutside={modal ? undefined : (event) => event.preventDefault()}
          className={cx(
            'z-50 border border-control bg-surface text-ink shadow-float focus-visible:outline-none',
            className,
          )}
        >
          <div className="flex items-start justify-between gap-4 border-b border-rule px-5 py-3">
            <div className="min-w-0">
              <Radix.Title className="text-lg font-semibold wrap-anywhere">{title}</Radix.Title>
              {description && (
                <Radix.Description className="text-sm text-ink-2">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" size="sm">
                <X aria-hidden className="size-4" />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-auto px-5 py-4">{children}</div>
          {footer && (
            <div className="flex flex-wrap items-center justify-end gap-2 border-t border-rule px-5 py-3">
              {footer}
            </div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Closes the dialog or drawer it stands in; wrap a button with it. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Radix.Close asChild>{children}</Radix.Close>;
}
