import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

/** Something folded away until asked for; works without script and prints open. */
export function Disclosure({
  summary,
  note,
  open,
  onOpen,
  children,
}: {
  summary: ReactNode;
  /** At the right of the summary: a count, a time. */
  note?: ReactNode;
  open?: boolean;
  /** When it is unfolded: to fetch what is inside. */
  onOpen?: () => void;
  children: ReactNode;
}) {
  return (
    <details
      open={open}
      onToggle={onOpen && ((event) => event.currentTarget.open && onOpen())}
      className="group/fold"
    >
      <summary className="flex items-center gap-1.5 rounded-sm py-1 text-sm font-medium hover:text-accent pointer-coarse:min-h-11">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-ink-2 transition-transform group-open/fold:rotate-90"
        />
        <span className="min-w-0">{summary}</span>
        {note && <span className="ml-auto pl-3 font-normal text-ink-2">{note}</span>}
      </summary>
      <div className="pt-1 pb-2 pl-5.5">{children}</div>
    </details>
  );
}
