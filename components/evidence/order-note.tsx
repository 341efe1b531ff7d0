import { formatFigure } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import type { RankingView } from '@/server/ranking';

/** What the order of a list rests on, and the way to the other one. */
export function OrderNote({
  ranking: { measured, version },
  isUsual,
  href,
}: {
  ranking: RankingView;
  isUsual: boolean;
  /** Of the other order. */
  href: string;
}) {
  if (!measured || version === 0) return null;
  const figure = (value: number) => formatFigure(value, 3);
  return (
    <p className="mb-3 text-sm text-ink-2">
      {isUsual ? (
        <>
          In the usual order. <TextLink href={href}>Order by this workspace’s votes</TextLink>
        </>
      ) : (
        <>
          Ordered by what {measured.votes} votes of {measured.people} people have taught: nDCG on
          votes held out {figure(measured.base)} → {figure(measured.ndcg)} (+{figure(measured.mean)}
          , 95 % interval {figure(measured.low)} to {figure(measured.high)}). Scores and reports are
          not touched. <TextLink href={href}>Usual order</TextLink>
        </>
      )}
    </p>
  );
}
