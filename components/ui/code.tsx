import type { ReactNode } from 'react';
import { cx } from './cx';

/** Text that a machine reads: an identifier, a path, a parameter. Breaks anywhere it must. */
export function Code({ children, className }: { children: ReactNode; className?: string }) {
  return <code className={cx('wrap-anywhere', className)}>{children}</code>;
}

/** Several lines as they were received; scrolls sideways inside its own frame. */
export function CodeBlock({ label, children }: { label: string; children: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="max-h-96 overflow-auto border-y border-rule bg-sunken"
    >
      <pre className="p-3 text-xs leading-5">{children}</pre>
    </section>
  );
}
