'use client';

import { CircleAlert, CircleCheck, Undo2, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { Button, IconButton } from './button';
import { cx } from './cx';

export type ToastMessage = {
  title: string;
  description?: string;
  tone?: 'neutral' | 'bad';
  /** Takes back what was just done. */
  undo?: () => void;
};

type Shown = ToastMessage & { id: number; open: boolean };

const ToastContext = createContext<((message: ToastMessage) => void) | null>(null);

/** Long enough to read and to reach Undo by keyboard (F8); the time stops while one hovers or focuses. */
const plainMs = 6_000;
const undoMs = 12_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const nextId = useRef(1);

  const toast = useCallback((message: ToastMessage) => {
    const id = nextId.current++;
    setShown((before) => [
      ...before.filter((one) => one.open).slice(-2),
      { ...message, id, open: true },
    ]);
  }, []);
  const close = (id: number) =>
    setShown((before) => before.map((one) => (one.id === id ? { ...one, open: false } : one)));

  return (
    <ToastContext value={toast}>
      <Radix.Provider label="Message" swipeDirection="right">
        {children}
        {shown.map((one) => (
          <Radix.Root
            key={one.id}
            open={one.open}
            onOpenChange={(open) => !open && close(one.id)}
            duration={one.undo ? undoMs : plainMs}
            type={one.tone === 'bad' ? 'foreground' : 'background'}
            className={cx(
              'flex items-start gap-2.5 rounded-md border bg-surface py-2.5 pr-2 pl-3 text-ink shadow-float',
              one.tone === 'bad' ? 'border-bad' : 'border-control',
            )}
          >
            {one.tone === 'bad' ? (
              <CircleAlert aria-hidden className="mt-1 size-4 shrink-0 text-bad" />
            ) : (
              <CircleCheck aria-hidden className="mt-1 size-4 shrink-0 text-ink-2" />
            )}
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-base font-medium">{one.title}</Radix.Title>
              {one.description && (
                <Radix.Description className="text-sm text-ink-2">
                  {one.description}
                </Radix.Description>
              )}
            </div>
            {one.undo && (
              <Radix.Action altText="Undo" asChild>
                <Button size="sm" onClick={one.undo}>
                  <Undo2 aria-hidden className="size-3.5" />
                  Undo
                </Button>
              </Radix.Action>
            )}
            <Radix.Close asChild>
              <IconButton label="Dismiss" size="sm">
                <X aria-hidden className="size-4" />
              </IconButton>
            </Radix.Close>
          </Radix.Root>
        ))}
        <Radix.Viewport
          data-screen-only
          className="fixed right-0 bottom-0 z-60 flex w-full max-w-[26rem] flex-col gap-2 p-4 outline-none"
        />
      </Radix.Provider>
    </ToastContext>
  );
}

/** Says that something was done, or was not. */
export function useToast(): (message: ToastMessage) => void {
  const toast = useContext(ToastContext);
  if (!toast) throw new Error('useToast needs a ToastProvider above it');
  return toast;
}
