import Link from 'next/link';
import { FLAG_STATUSES, type FlagStatus } from '@/server/feedback/schema';

const WORDS: Record<FlagStatus, string> = {
  open: 'To decide',
  accepted: 'Accepted',
  rejected: 'Rejected',
};

/** The three lists of the queue, each with its number of flags. */
export function StatusLinks({
  current,
  counts,
}: {
  current: FlagStatus;
  counts: Record<FlagStatus, number>;
}) {
  return (
    <nav aria-label="Flags" className="flex gap-x-5 border-b border-rule">
      {FLAG_STATUSES.map((status) => (
        <Link
          key={status}
          href={`/review?status=${status}`}
          aria-current={status === current ? 'page' : undefined}
          className="-mb-px inline-flex min-h-9 items-center gap-1.5 border-b-2 border-transparent text-ink-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink pointer-coarse:min-h-11"
        >
          {WORDS[status]}
          <span className="text-sm text-ink-2">{counts[status]}</span>
        </Link>
      ))}
    </nav>
  );
}
