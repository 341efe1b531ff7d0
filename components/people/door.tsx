import type { ReactNode } from 'react';

/** A page that stands alone, before anyone is signed in. */
export function Door({
  title,
  lead,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto max-w-md space-y-6 py-12 sm:py-16">
      <header>
        <h1 className="text-2xl font-semibold tracking-[-0.012em] wrap-anywhere">{title}</h1>
        {lead && <div className="mt-3 text-ink-2">{lead}</div>}
      </header>
      {children}
    </div>
  );
}
