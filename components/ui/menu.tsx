'use client';

import { Check, ChevronDown } from 'lucide-react';
import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button, type ButtonLook, type ButtonSize, IconButton } from './button';
import { cx } from './cx';
import { floatRoot } from './float-root';

const itemClass =
  'flex w-full items-start gap-2 rounded-sm px-2.5 py-1.5 text-sm outline-none select-none ' +
  'pointer-coarse:min-h-11 pointer-coarse:items-center data-disabled:text-ink-3 ' +
  'data-highlighted:bg-accent-wash data-highlighted:text-ink';

/** A button that opens a list of actions or links. */
export function Menu({
  label,
  icon,
  iconOnly,
  look,
  size,
  children,
  align = 'end',
}: {
  label: string;
  icon?: ReactNode;
  /** Shows the icon alone; `label` is then its name. */
  iconOnly?: boolean;
  look?: ButtonLook;
  size?: ButtonSize;
  children: ReactNode;
  align?: 'start' | 'end';
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        {iconOnly ? (
          <IconButton label={label} look={look} size={size}>
            {icon}
          </IconButton>
        ) : (
          <Button look={look} size={size}>
            {icon}
            {label}
            <ChevronDown aria-hidden className="size-3.5" />
          </Button>
        )}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={floatRoot()}>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={12}
          className="z-50 max-h-[70dvh] max-w-[min(22rem,calc(100vw-1.5rem))] min-w-48 overflow-auto rounded-md border border-control bg-surface p-1 text-ink shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Goes somewhere (`href`) or does something (`onSelect`). `download` leaves the page where it is. */
export function MenuItem({
  href,
  download,
  onSelect,
  disabled,
  note,
  children,
}: {
  href?: string;
  download?: boolean;
  onSelect?: () => void;
  disabled?: boolean;
  note?: ReactNode;
  children: ReactNode;
}) {
  const content = (
    <span className="min-w-0">
      <span className="block">{children}</span>
      {note && <span className="block text-xs text-ink-2">{note}</span>}
    </span>
  );
  return (
    <DropdownMenu.Item
      className={itemClass}
      disabled={disabled}
      onSelect={onSelect}
      asChild={Boolean(href)}
    >
      {href === undefined ? (
        content
      ) : download ? (
        <a href={href} download>
          {content}
        </a>
      ) : (
        <Link href={href}>{content}</Link>
      )}
    </DropdownMenu.Item>
  );
}

/** An item that is on or off; the menu stays open, so that several can be set. */
export function MenuCheckbox({
  checked,
  onChange,
  disabled,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.CheckboxItem
      className={cx(itemClass, 'relative pl-8')}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <DropdownMenu.ItemIndicator className="absolute top-2 left-2.5">
        <Check aria-hidden className="size-4" />
      </DropdownMenu.ItemIndicator>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

/** One of several, of which exactly one holds. */
export function MenuChoice<T extends string>({
  value,
  onChange,
  options,
}: {
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode }[];
}) {
  return (
    <DropdownMenu.RadioGroup
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <DropdownMenu.RadioItem
          key={option.value}
          value={option.value}
          className={cx(itemClass, 'relative pl-8')}
        >
          <DropdownMenu.ItemIndicator className="absolute top-2 left-2.5">
            <Check aria-hidden className="size-4" />
          </DropdownMenu.ItemIndicator>
          {option.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-2">
      {children}
    </DropdownMenu.Label>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 border-t border-rule" />;
}
