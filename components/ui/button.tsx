import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cx } from './cx';

export type ButtonLook = 'plain' | 'primary' | 'quiet' | 'danger';
export type ButtonSize = 'md' | 'sm';

const looks: Record<ButtonLook, string> = {
  plain: 'border-control bg-surface text-ink hover:border-ink-2 hover:bg-sunken',
  primary:
    'border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong',
  quiet: 'border-transparent text-ink-2 hover:bg-wash hover:text-ink',
  danger: 'border-bad bg-surface text-bad hover:bg-bad-wash',
};

const sizes: Record<ButtonSize, string> = {
  md: 'min-h-9 px-3.5 py-1.5 text-base',
  sm: 'min-h-7 px-2.5 py-0.5 text-sm',
};

export function buttonClass(look: ButtonLook = 'plain', size: ButtonSize = 'md'): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-sm border font-medium no-underline',
    'whitespace-nowrap select-none print:hidden pointer-coarse:min-h-11 pointer-coarse:min-w-11',
    'disabled:cursor-not-allowed disabled:border-rule disabled:bg-sunken disabled:text-ink-3',
    'aria-disabled:cursor-progress',
    looks[look],
    sizes[size],
  );
}

type Shape = { look?: ButtonLook; size?: ButtonSize };

/** A button that does something here; `type="button"` unless said otherwise. */
export function Button({ look, size, className, ...rest }: Shape & ComponentProps<'button'>) {
  return <button type="button" {...rest} className={cx(buttonClass(look, size), className)} />;
}

/** A link that looks like a button; for going somewhere. */
export function ButtonLink({
  look,
  size,
  className,
  ...rest
}: Shape & ComponentProps<typeof Link>) {
  return <Link {...rest} className={cx(buttonClass(look, size), className)} />;
}

/** A button that shows only an icon; `label` is its name for everyone who cannot see it. */
export function IconButton({
  label,
  size = 'md',
  look = 'quiet',
  className,
  ...rest
}: Shape & { label: string } & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cx(buttonClass(look, size), size === 'md' ? 'w-9 px-0!' : 'w-7 px-0!', className)}
    />
  );
}
