'use client';

import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox, SliderField } from '@/components/ui/field';
import { formatFigure } from '@/components/ui/format';
import { BalanceBar, IntervalBar, SupportBar } from '@/components/ui/measures';
import { useRowKeys } from '@/components/ui/rows';
import { Section } from '@/components/ui/section';
import { Callout, EmptyState } from '@/components/ui/states';
import { Badge } from '@/components/ui/status';
import { Table, Td, Th } from '@/components/ui/table';
import type { ScoreFeatures } from '@/server/evidence/score/features';
import { score } from '@/server/evidence/score/score';
import { DEFAULT_WEIGHTS, WEIGHTS, type WeightId } from '@/server/evidence/score/weights';
import type { Candidate } from '@/server/reports/schema';
import { CandidateChart } from './candidate-chart';
import { CandidateDetail } from './candidate-detail';
import { LabelMark } from './label-mark';
import { formatWeights, parseWeights } from './weights-address';

/**
 * Candidates ranked by the score. The sliders weigh the same evidence anew in the browser; the
 * report keeps the usual weights.
 */
export function CandidatesView({
  jobId,
  features,
  titles,
}: {
  jobId: string;
  features: ScoreFeatures;
  /** Evidence id → title, for the terms. */
  titles: Record<string, string>;
}) {
  const [moved, setMoved] = useQueryState(
    'weights',
    parseAsString.withDefault('').withOptions({ history: 'replace', throttleMs: 300 }),
  );
  const [open, setOpen] = useQueryState('candidate', { history: 'replace' });
  const [pins, setPins] = useQueryState('pins', parseAsArrayOf(parseAsString).withDefault([]));
  const weights = useMemo(() => parseWeights(moved), [moved]);
  const scored = useMemo(() => score(features, weights), [features, weights]);
  const usual = useMemo(() => score(features, DEFAULT_WEIGHTS), [features]);
  const usualRank = new Map(usual.candidates.map((c, i) => [c.indication, i + 1]));

  const ranked = scored.candidates.filter((c) => !c.approved);
  const approved = scored.candidates.filter((c) => c.approved);
  const ordered = [
    ...ranked.filter((c) => pins.includes(c.indication)),
    ...ranked.filter((c) => !pins.includes(c.indication)),
  ];
  const { bodyRef, rowProps } = useRowKeys({
    ids: ordered.map((c) => c.indication),
    onOpen: (id) => void setOpen(open === id ? null : id),
    onMove: (id) => {
      if (open) void setOpen(id);
    },
    onToggle: (id) => togglePin(id),
  });
  const togglePin = (id: string) =>
    void setPins(pins.includes(id) ? pins.filter((p) => p !== id) : [...pins, id]);

  if (scored.candidates.length === 0) {
    return (
      <EmptyState title="No candidate">
        No trial, article or database record names a disease that this molecule was studied against.
        Look at the overview for sources that could not be asked.
      </EmptyState>
    );
  }
  const max = Math.max(0.5, ...scored.candidates.flatMap((c) => [c.support.high, c.against.high]));
  const shown = scored.candidates.find((c) => c.indication === open) ?? null;
  return (
    <div className="xl:grid xl:grid-cols-[minmax(0,1fr)_17rem] xl:gap-x-10">
      <div className="min-w-0">
        <Section
          title="Candidates"
          note="Support and opposition are separate sums and are never netted into one figure. The interval runs from everything unknown turning out badly to everything turning out well."
        >
          {ordered.length === 0 ? (
            <p className="text-ink-2">Only approved uses were found; they are listed below.</p>
          ) : (
            <Table label="Candidates">
              <thead>
                <tr>
                  <Th>Indication</Th>
                  <Th>Label</Th>
                  <Th>Against and support</Th>
                  <Th>Interval</Th>
                  <Th numeric>Trials</Th>
                  <Th>Best phase</Th>
                  <Th>Articles</Th>
                </tr>
              </thead>
              <tbody ref={bodyRef}>
                {ordered.map((candidate) => (
                  <CandidateRow
                    key={candidate.indication}
                    candidate={candidate}
                    max={max}
                    rank={ranked.indexOf(candidate) + 1}
                    usualRank={usualRank.get(candidate.indication) ?? null}
                    thresholds={[
                      { at: weights['threshold.go'], label: 'G' },
                      { at: weights['threshold.no-go'], label: 'N' },
                    ]}
                    pinned={pins.includes(candidate.indication)}
                    onPin={() => togglePin(candidate.indication)}
                    onOpen={() => void setOpen(candidate.indication)}
                    rowProps={rowProps(candidate.indication)}
                    isOpen={candidate.indication === open}
                  />
                ))}
              </tbody>
            </Table>
          )}
        </Section>
        {ordered.length > 1 && (
          <Section title="Support against opposition" level={3}>
            <CandidateChart candidates={ordered.slice(0, 12)} />
          </Section>
        )}
        {approved.length > 0 && (
          <Section
            title="Approved uses"
            note="Recorded as approved; they carry no label and never rank among candidates."
          >
            <ul className="space-y-2">
              {approved.map((c) => (
                <li key={c.indication}>
                  <button type="button" className="link" onClick={() => void setOpen(c.indication)}>
                    {c.indication}
                  </button>{' '}
                  <span className="font-mono text-xs text-ink-2">{idsOf(c)}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
        <CandidateDetail
          jobId={jobId}
          candidate={shown}
          titles={titles}
          onClose={() => void setOpen(null)}
        />
      </div>
      <aside aria-label="Weights" data-screen-only className="mt-10 xl:mt-0">
        <Section
          title="Weights"
          note="Move one and the ranking follows. The address keeps it, so it can be shared."
          actions={
            <Button
              size="sm"
              look="quiet"
              disabled={moved === ''}
              onClick={() => void setMoved('')}
            >
              Reset
            </Button>
          }
        >
          {moved !== '' && (
            <Callout tone="accent" title="Not the report’s weights">
              The report and its hash keep the usual ones.
            </Callout>
          )}
          <div className="mt-3 space-y-3">
            {WEIGHTS.map((weight) => (
              <SliderField
                key={weight.id}
                label={weight.label}
                min={weight.min}
                max={weight.max}
                step={0.01}
                value={weights[weight.id]}
                output={formatFigure(weights[weight.id], 2)}
                onChange={(e) =>
                  void setMoved(
                    formatWeights({
                      ...weights,
                      [weight.id as WeightId]: Number(e.target.value),
                    }),
                  )
                }
              />
            ))}
          </div>
        </Section>
      </aside>
    </div>
  );
}

const idsOf = (c: Candidate) => [c.ids.mesh, ...c.ids.efo].filter(Boolean).join(' · ');

function CandidateRow({
  candidate,
  max,
  rank,
  usualRank,
  thresholds,
  pinned,
  onPin,
  onOpen,
  rowProps,
  isOpen,
}: {
  candidate: Candidate;
  max: number;
  rank: number;
  usualRank: number | null;
  thresholds: { at: number; label: string }[];
  pinned: boolean;
  onPin: () => void;
  onOpen: () => void;
  rowProps: object;
  isOpen: boolean;
}) {
  const { support, against, interval, articles } = candidate;
  const isMoved = usualRank !== null && usualRank !== rank;
  return (
    <tr {...rowProps} data-selected={isOpen || undefined}>
      <Td rowHead>
        <span className="flex items-start gap-2">
          <span className="w-6 shrink-0 text-right text-ink-2">{rank}</span>
          <span className="min-w-0">
            <button
              type="button"
              className="link text-left wrap-anywhere"
              tabIndex={-1}
              onClick={onOpen}
            >
              {candidate.indication}
            </button>
            <span className="block font-mono text-xs text-ink-2">
              {idsOf(candidate) || 'unmapped'}
            </span>
            {isMoved && <Badge tone="accent">{`usually ${usualRank}`}</Badge>}
            <Checkbox label="Pin" checked={pinned} onChange={onPin} />
          </span>
        </span>
      </Td>
      <Td>
        <LabelMark label={candidate.label} />
      </Td>
      <Td>
        <BalanceBar
          support={support.low}
          supportHigh={support.high}
          against={against.low}
          againstHigh={against.high}
          max={max}
        />
      </Td>
      <Td>
        <IntervalBar
          label="Interval"
          low={interval.low}
          high={interval.high}
          min={-max}
          max={max}
          marks={thresholds}
        />
      </Td>
      <Td numeric>{candidate.trials.studied}</Td>
      <Td>{candidate.bestPhase}</Td>
      <Td>
        <SupportBar
          supports={{ count: articles.supports }}
          contradicts={{ count: articles.contradicts }}
          unclear={{ count: articles.unclear }}
        />
      </Td>
    </tr>
  );
}
