'use client';

import { Pin } from 'lucide-react';
import { type ComponentProps, memo } from 'react';
import { cx } from '@/components/ui/cx';
import { formatCountOf, formatFigure } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { BalanceBar, IntervalBar, SupportBar } from '@/components/ui/measures';
import { heatLevel } from '@/components/ui/scale';
import { Badge } from '@/components/ui/status';
import { Td } from '@/components/ui/table';
import type { Candidate, Interval } from '@/server/reports/schema';
import { LabelMark } from './label-mark';
import { idsOf, type Ranked, type TermGroup, termSums } from './ranking';

export interface RowView {
  ranked: Ranked;
  /** Of the scale that all rows share. */
  scale: number;
  marks: { at: number; label: string }[];
  /** Groups of terms as columns; null shows the sums. */
  groups: readonly TermGroup[] | null;
  evidenceHref: string;
  isPinned: boolean;
  isOpen: boolean;
  onPin: () => void;
  onOpen: () => void;
  rowProps: ComponentProps<'tr'>;
}

export const CandidateRow = memo(function CandidateRow({
  ranked,
  scale,
  marks,
  groups,
  evidenceHref,
  isPinned,
  isOpen,
  onPin,
  onOpen,
  rowProps,
}: RowView) {
  return (
    <tr {...rowProps} data-selected={isOpen || undefined}>
      <Td rowHead>
        <Head {...{ ranked, isPinned, onPin, onOpen }} />
      </Td>
      <Td>
        <LabelMark label={ranked.candidate.label} />
        {ranked.usualLabel !== ranked.candidate.label && (
          <span className="block text-xs text-ink-2">usually {ranked.usualLabel}</span>
        )}
      </Td>
      {groups ? (
        <TermCells {...{ ranked, groups, scale }} />
      ) : (
        <SumCells {...{ ranked, scale, marks, evidenceHref }} />
      )}
    </tr>
  );
});

function Head({
  ranked: { candidate, rank, usualRank, isRequested },
  isPinned,
  onPin,
  onOpen,
}: Pick<RowView, 'ranked' | 'isPinned' | 'onPin' | 'onOpen'>) {
  return (
    <span className="flex w-[min(14rem,44vw)] items-start gap-1.5">
      <span className="w-6 shrink-0 text-right font-normal text-ink-2">{rank}</span>
      <span className="min-w-0 flex-1">
        <button
          type="button"
          className="text-left underline-offset-4 wrap-anywhere hover:underline"
          tabIndex={-1}
          onClick={onOpen}
        >
          {candidate.indication}
        </button>
        <span className="flex flex-wrap items-center gap-x-2 text-xs font-normal text-ink-2">
          <span className="font-mono">{idsOf(candidate) || 'unmapped'}</span>
          {isRequested && <Badge tone="accent">asked for</Badge>}
          {rank !== usualRank && <Badge tone="accent">{`usually ${usualRank}`}</Badge>}
        </span>
      </span>
      <button
        type="button"
        aria-pressed={isPinned}
        aria-label={`Pin ${candidate.indication}`}
        title={isPinned ? 'Unpin' : 'Keep on top'}
        onClick={onPin}
        className={cx(
          'grid size-6 shrink-0 place-items-center rounded-sm hover:bg-wash pointer-coarse:size-11',
          isPinned ? 'text-accent' : 'text-ink-3',
        )}
      >
        <Pin aria-hidden className={cx('size-3.5', isPinned && 'fill-current')} />
      </button>
    </span>
  );
}

function SumCells({
  ranked: { candidate },
  scale,
  marks,
  evidenceHref,
}: Pick<RowView, 'ranked' | 'scale' | 'marks' | 'evidenceHref'>) {
  const { support, against, interval } = candidate;
  return (
    <>
      <Td>
        <BalanceBar
          support={support.low}
          supportHigh={support.high}
          against={against.low}
          againstHigh={against.high}
          max={scale}
        />
      </Td>
      <Td>
        <IntervalBar
          label="Interval"
          low={interval.low}
          high={interval.high}
          min={-scale}
          max={scale}
          marks={marks}
          namesMarks={false}
        />
      </Td>
      <Td>
        <Records {...{ candidate, evidenceHref }} />
      </Td>
    </>
  );
}

/** What it rests on, each figure the way to the records it counts. */
function Records({
  candidate: { bestPhase, trials, articles },
  evidenceHref,
}: {
  candidate: Candidate;
  evidenceHref: string;
}) {
  const ofArticles = (stance: string) => `${evidenceHref}&kind=article&stance=${stance}`;
  const read = articles.supports + articles.contradicts + articles.unclear;
  return (
    <div className="w-36 space-y-0.5">
      <p>{bestPhase ?? <span className="text-ink-3">no phase read</span>}</p>
      {trials.total > 0 && (
        <p>
          <TextLink href={`${evidenceHref}&kind=trial`} tabIndex={-1}>
            {trials.studied < trials.total
              ? `${trials.studied} of ${formatCountOf(trials.total, 'trial')}`
              : formatCountOf(trials.total, 'trial')}
          </TextLink>
          {trials.stopped > 0 && `, ${trials.stopped} stopped`}
          {trials.negative > 0 && <span className="text-bad">, {trials.negative} negative</span>}
        </p>
      )}
      {read > 0 && (
        <SupportBar
          supports={{ count: articles.supports, href: ofArticles('supports') }}
          contradicts={{ count: articles.contradicts, href: ofArticles('contradicts') }}
          unclear={{ count: articles.unclear, href: ofArticles('unclear') }}
          words={{ supports: 'for', contradicts: 'against', unclear: 'unclear' }}
        />
      )}
    </div>
  );
}

function TermCells({
  ranked,
  groups,
  scale,
}: {
  ranked: Ranked;
  groups: readonly TermGroup[];
  scale: number;
}) {
  const sums = termSums(ranked);
  return groups.map((group) => <TermCell key={group} sum={sums[group]} scale={scale} />);
}

/** What is known supports on a ground that deepens; what is known against is hatched; the rest is open. */
function TermCell({ sum, scale }: { sum: Interval | undefined; scale: number }) {
  if (!sum || (sum.low === 0 && sum.high === 0)) {
    return (
      <td data-numeric className="text-ink-3">
        {sum ? '0' : ''}
      </td>
    );
  }
  const { low, high } = sum;
  const text =
    low === high ? formatFigure(low, 2) : `${formatFigure(low, 2)} to ${formatFigure(high, 2)}`;
  if (low > 0) {
    return (
      <td data-numeric className="heat-cell" data-level={heatLevel(low, scale)}>
        {text}
      </td>
    );
  }
  return (
    <td data-numeric className={high < 0 ? 'hatched font-medium text-bad' : undefined}>
      {high < 0 ? text : <span className="border border-control px-1">{text}</span>}
    </td>
  );
}
