'use client';

import { Grid3x3, SlidersHorizontal } from 'lucide-react';
import dynamic from 'next/dynamic';
import {
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryState,
  useQueryStates,
} from 'nuqs';
import { useDeferredValue, useMemo } from 'react';
import { Gaps } from '@/components/evidence/gather-state';
import { Button } from '@/components/ui/button';
import { InputField } from '@/components/ui/field';
import { HeatLegend } from '@/components/ui/measures';
import { useRowKeys } from '@/components/ui/rows';
import { Section } from '@/components/ui/section';
import { SkeletonBar } from '@/components/ui/skeleton';
import { EmptyState } from '@/components/ui/states';
import { Pager, Table, TableCount, Th } from '@/components/ui/table';
import type { ScoreFeatures } from '@/server/evidence/score/features';
import type { WeightId } from '@/server/evidence/score/weights';
import { CandidateDetail } from './candidate-detail';
import { Approved, Filters, Summary } from './candidate-overview';
import { CandidateRow } from './candidate-row';
import {
  narrowCandidates,
  type Ranked,
  rankCandidates,
  type SourcesByKey,
  scaleOf,
  TERM_GROUPS,
  termSums,
  usualPlaces,
} from './ranking';
import { formatWeights, parseWeights } from './weights-address';
import { WeightsPanel } from './weights-panel';

const IntervalChart = dynamic(() => import('./interval-chart').then((m) => m.IntervalChart), {
  ssr: false,
  loading: () => <SkeletonBar className="h-80" />,
});

const PAGE = 50;
const CHARTED = 15;

const list = parseAsArrayOf(parseAsString).withDefault([]);
const address = {
  label: list,
  needs: list,
  pins: list,
  q: parseAsString.withDefault(''),
  view: parseAsStringLiteral(['sums', 'terms'] as const).withDefault('sums'),
  page: parseAsInteger.withDefault(1),
};

/**
 * Candidates ranked by the score. The sliders weigh the same evidence anew in the browser; the
 * report keeps the usual weights. Everything chosen stands in the address.
 */
export function CandidatesView({
  jobId,
  features,
  sources,
}: {
  jobId: string;
  features: ScoreFeatures;
  /** Which sources have a record of each candidate. */
  sources: SourcesByKey;
}) {
  const [moved, setMoved] = useQueryState(
    'weights',
    parseAsString.withDefault('').withOptions({ history: 'replace', throttleMs: 300 }),
  );
  const [open, setOpen] = useQueryState('candidate', { history: 'replace' });
  const [state, setState] = useQueryStates(address, { history: 'replace' });
  const weights = useMemo(() => parseWeights(moved), [moved]);
  // The slider stays ahead of the ranking where there is much to weigh.
  const weighed = useDeferredValue(weights);
  const usual = useMemo(() => usualPlaces(features), [features]);
  const all = useMemo(() => rankCandidates(features, weighed, usual), [features, weighed, usual]);
  const ranked = useMemo(() => all.filter((r) => r.rank !== null), [all]);
  const scale = useMemo(() => scaleOf(ranked), [ranked]);
  const { label, needs, pins, q } = state;
  const shown = useMemo(() => {
    const kept = narrowCandidates(ranked, { search: q, labels: label, needs }, sources);
    const isPinned = (r: Ranked) => pins.includes(r.key);
    return [...ranked.filter(isPinned), ...kept.filter((r) => !isPinned(r))];
  }, [ranked, q, label, needs, pins, sources]);
  const approved = all.filter((r) => r.rank === null);
  const pages = Math.max(1, Math.ceil(shown.length / PAGE));
  const page = Math.min(Math.max(1, state.page), pages);
  const onPage = shown.slice((page - 1) * PAGE, page * PAGE);
  const ids = useMemo(() => onPage.map((r) => r.key), [onPage]);

  const togglePin = (key: string) =>
    void setState({ pins: pins.includes(key) ? pins.filter((p) => p !== key) : [...pins, key] });
  const { bodyRef, rowProps } = useRowKeys({
    ids,
    onOpen: (key) => void setOpen(open === key ? null : key),
    onMove: (key) => {
      if (open) void setOpen(key);
    },
    actions: [{ key: 'p', label: 'Pin the row', run: togglePin }],
  });
  const change = (next: Partial<typeof state>) => void setState({ page: 1, ...next });
  const clear = () => change({ label: [], needs: [], q: '' });
  const weigh = (id: WeightId, value: number) =>
    void setMoved(formatWeights({ ...weights, [id]: value }));
  const panel = (
    <WeightsPanel
      weights={weights}
      isMoved={moved !== ''}
      onChange={weigh}
      onReset={() => void setMoved('')}
    />
  );
  const groups = useMemo(() => {
    if (state.view === 'sums') return null;
    const used = new Set(all.flatMap((r) => Object.keys(termSums(r))));
    return TERM_GROUPS.filter(({ id }) => used.has(id)).map(({ id }) => id);
  }, [state.view, all]);
  const marks = useMemo(
    () => [
      { at: weighed['threshold.no-go'], label: 'N' },
      { at: weighed['threshold.go'], label: 'G' },
    ],
    [weighed],
  );
  const at = open === null ? -1 : ids.indexOf(open);
  const step = (by: 1 | -1) => {
    const next = ids[at + by];
    return at === -1 || !next ? null : () => void setOpen(next);
  };

  if (all.length === 0) {
    return (
      <>
        <Gaps />
        <EmptyState title="No candidate">
          No trial, article or database record names a disease that this molecule was studied
          against.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <div className="not-empty:mb-5">
        <Gaps />
      </div>
      <div className="xl:grid xl:grid-cols-[minmax(0,1fr)_16rem] xl:gap-x-8">
        <div className="min-w-0">
          <Summary ranked={ranked} approved={approved.length} />
          {ranked.length > 0 && (
            <>
              <details className="mt-4 border-y border-rule xl:hidden" data-screen-only>
                <summary className="flex items-center gap-2 py-2 text-sm font-medium">
                  <SlidersHorizontal aria-hidden className="size-4" /> Weights
                  {moved !== '' && <span className="font-normal text-ink-2">moved</span>}
                </summary>
                <div className="pb-3">{panel}</div>
              </details>
              <div
                data-screen-only
                className="mt-4 mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-3"
              >
                <div className="flex flex-wrap items-end gap-2">
                  <InputField
                    label="Search candidates"
                    hideLabel
                    placeholder="Search candidates"
                    type="search"
                    data-search
                    className="w-52"
                    value={q}
                    onChange={(event) => change({ q: event.target.value })}
                  />
                  <Filters {...{ ranked, sources, label, needs, change }} />
                </div>
                <Button
                  size="sm"
                  aria-pressed={state.view === 'terms'}
                  className="aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent"
                  onClick={() => change({ view: state.view === 'terms' ? 'sums' : 'terms' })}
                >
                  <Grid3x3 aria-hidden className="size-4" /> By term
                </Button>
              </div>
              <div className="mb-2">
                <TableCount
                  shown={shown.length}
                  total={ranked.length}
                  one="candidate"
                  clear={
                    <Button size="sm" look="quiet" onClick={clear}>
                      Show all
                    </Button>
                  }
                />
              </div>
              <Table label="Candidates">
                <thead>
                  <tr>
                    <Th>Indication</Th>
                    <Th>Label</Th>
                    {groups ? (
                      groups.map((group) => (
                        <Th key={group} numeric>
                          {TERM_GROUPS.find(({ id }) => id === group)?.label}
                        </Th>
                      ))
                    ) : (
                      <>
                        <Th>Against | support</Th>
                        <Th title="N and G are dashed">Interval</Th>
                        <Th>Rests on</Th>
                      </>
                    )}
                  </tr>
                </thead>
                <tbody ref={bodyRef}>
                  {onPage.map((row) => (
                    <CandidateRow
                      key={row.key}
                      ranked={row}
                      scale={scale}
                      marks={marks}
                      groups={groups}
                      evidenceHref={`/runs/${jobId}/evidence?indication=${encodeURIComponent(row.key)}`}
                      isPinned={pins.includes(row.key)}
                      isOpen={row.key === open}
                      onPin={() => togglePin(row.key)}
                      onOpen={() => void setOpen(row.key)}
                      rowProps={rowProps(row.key)}
                    />
                  ))}
                </tbody>
              </Table>
              {pages > 1 && (
                <Pager
                  from={(page - 1) * PAGE + 1}
                  to={Math.min(page * PAGE, shown.length)}
                  total={shown.length}
                  previousHref={page > 1 ? `?page=${page - 1}` : null}
                  nextHref={page < pages ? `?page=${page + 1}` : null}
                  onGo={(by) => void setState({ page: page + by })}
                />
              )}
              <p className="mt-2 max-w-[76ch] text-sm text-ink-2">
                Support and opposition are separate sums, never netted into one figure. The interval
                runs from everything unknown turning out badly to everything turning out well; a
                label needs the whole of it. N and G are dashed.
              </p>
              {groups && (
                <div className="mt-2">
                  <HeatLegend
                    low="0"
                    high={`${scale.toFixed(2)} of known support; hatched is known opposition, framed is unknown`}
                  />
                </div>
              )}
            </>
          )}
          {shown.length > 1 && (
            <Section
              title="Intervals"
              note={`The first ${Math.min(CHARTED, shown.length)} against the thresholds: a candidate whose whole interval lies right of G is a Go, one whose interval ends left of N is a No-Go.`}
            >
              <IntervalChart
                ranked={shown.slice(0, CHARTED)}
                scale={scale}
                go={weighed['threshold.go']}
                noGo={weighed['threshold.no-go']}
              />
            </Section>
          )}
          {approved.length > 0 && (
            <Approved approved={approved} onOpen={(key) => void setOpen(key)} />
          )}
        </div>
        {ranked.length > 0 && (
          <aside
            aria-label="Weights"
            data-screen-only
            className="sticky top-4 max-h-[calc(100dvh-2rem)] self-start overflow-auto border-t-2 border-rule-strong pt-3 pr-1 max-xl:hidden"
          >
            <h2 className="text-lg">Weights</h2>
            {panel}
          </aside>
        )}
      </div>
      <CandidateDetail
        jobId={jobId}
        ranked={all.find((r) => r.key === open) ?? null}
        position={at === -1 ? null : { at: at + 1, of: ids.length }}
        previous={step(-1)}
        next={step(1)}
        onClose={() => void setOpen(null)}
      />
    </>
  );
}
