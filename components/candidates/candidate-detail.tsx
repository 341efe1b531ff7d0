'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Steps } from '@/components/evidence/evidence-drawer';
import { useTRPC } from '@/components/trpc';
import { Drawer } from '@/components/ui/dialog';
import { Disclosure } from '@/components/ui/disclosure';
import { formatCountOf, formatFigure } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { DefinitionList } from '@/components/ui/section';
import { Table, Td, Th } from '@/components/ui/table';
import type { Candidate, Interval, Label, Term } from '@/server/reports/schema';
import { LabelMark } from './label-mark';
import { idsOf, type Ranked } from './ranking';

/** Why a candidate stands where it stands: every term, what is unknown, what would change the label. */
export function CandidateDetail({
  jobId,
  ranked,
  position,
  previous,
  next,
  onClose,
}: {
  jobId: string;
  ranked: Ranked | null;
  position: { at: number; of: number } | null;
  previous: (() => void) | null;
  next: (() => void) | null;
  onClose: () => void;
}) {
  return (
    <Drawer
      modal={false}
      open={ranked !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={ranked?.candidate.indication ?? ''}
      description={(ranked && idsOf(ranked.candidate)) || 'In no vocabulary that a source names'}
      footer={
        position && (
          <Steps {...position} previous={previous} next={next} one="candidate" many="candidates" />
        )
      }
    >
      {ranked && <Detail key={ranked.key} jobId={jobId} ranked={ranked} />}
    </Drawer>
  );
}

function Detail({ jobId, ranked }: { jobId: string; ranked: Ranked }) {
  const { candidate, features, key } = ranked;
  const { support, against, interval, trials, articles } = candidate;
  const evidence = `/runs/${jobId}/evidence?indication=${encodeURIComponent(key)}`;
  return (
    <div className="space-y-6">
      <div>
        <LabelMark label={candidate.label} />
        <p className="mt-1.5 max-w-measure">{sentence(candidate.labelReason)}</p>
        {features.broaderThanApproved && (
          <p className="mt-1 text-sm text-ink-2">
            A broader name of the approved use {features.broaderThanApproved}; it ranks below its
            equals.
          </p>
        )}
      </div>
      <DefinitionList
        items={[
          { term: 'Support', value: range(support) },
          { term: 'Against', value: range(against) },
          { term: 'Interval', value: range(interval) },
          { term: 'Best phase', value: candidate.bestPhase },
          {
            term: 'Trials',
            value: `${trials.studied} of ${trials.total} study the molecule; ${trials.stopped} stopped, ${trials.negative} negative, ${trials.withResults} with results`,
          },
          {
            term: 'Articles',
            value: `${articles.supports} for, ${articles.contradicts} against, ${articles.unclear} unclear`,
          },
          {
            term: 'Evidence',
            value: (
              <TextLink href={evidence}>
                {formatCountOf(candidate.evidenceIds.length, 'record')}
              </TextLink>
            ),
          },
        ]}
      />
      <Terms jobId={jobId} evidence={evidence} candidate={candidate} />
      <section>
        <h3 className="text-base">Not known</h3>
        <Words items={candidate.unknown} none="Nothing that the score rests on." />
      </section>
      {!candidate.approved && (
        <section>
          <h3 className="text-base">What would change the label</h3>
          <Flips flips={candidate.flips} />
        </section>
      )}
    </div>
  );
}

const range = ({ low, high }: Interval) =>
  low === high ? formatFigure(low, 3) : `${formatFigure(low, 3)} to ${formatFigure(high, 3)}`;

const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** Titles of the records come when the drawer opens; the ranking does not need them. */
function Terms({
  jobId,
  evidence,
  candidate,
}: {
  jobId: string;
  evidence: string;
  candidate: Candidate;
}) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.evidence.rows.queryOptions({ jobId }));
  const titles = useMemo(
    () => new Map(data?.rows.map(({ id, title }) => [id, title] as const)),
    [data],
  );
  return (
    <section>
      <h3 className="mb-1.5 text-base">Terms of the score</h3>
      {candidate.terms.length === 0 ? (
        <p className="text-sm text-ink-2">None counts.</p>
      ) : (
        <Table label="Terms of the score" stickyFirst={false}>
          <thead>
            <tr>
              <Th>Term</Th>
              <Th numeric>Weight</Th>
              <Th numeric>× Value</Th>
              <Th numeric>= Contribution</Th>
            </tr>
          </thead>
          <tbody>
            {candidate.terms.map((term) => (
              <TermRow key={term.name} term={term} evidence={evidence} titles={titles} />
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function TermRow({
  term,
  evidence,
  titles,
}: {
  term: Term;
  evidence: string;
  titles: ReadonlyMap<string, string>;
}) {
  return (
    <tr>
      <Td rowHead>
        {term.name}
        <Disclosure
          summary={
            <span className="font-normal">{formatCountOf(term.evidenceIds.length, 'record')}</span>
          }
        >
          <ul className="space-y-1 font-normal">
            {term.evidenceIds.map((id) => (
              <li key={id}>
                <TextLink href={`${evidence}&record=${id}`}>{titles.get(id) ?? '…'}</TextLink>
              </li>
            ))}
          </ul>
        </Disclosure>
      </Td>
      <Td numeric>{formatFigure(term.weight, 2)}</Td>
      <Td numeric>{term.value === null ? 'unknown' : formatFigure(term.value, 2)}</Td>
      <Td numeric>{range(term.contribution)}</Td>
    </tr>
  );
}

function Words({ items, none }: { items: readonly string[]; none: string }) {
  if (items.length === 0) return <p className="text-sm text-ink-2">{none}</p>;
  return (
    <ul className="mt-1 list-disc space-y-1 pl-5 text-sm">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

const FLIPS_SHOWN = 6;

/** By the label each would lead to; more than a few of one kind are folded. */
function Flips({ flips }: { flips: Candidate['flips'] }) {
  if (flips.length === 0) return <p className="text-sm text-ink-2">No single change would.</p>;
  const labels = [...new Set(flips.map(({ label }) => label))];
  return labels.map((label) => (
    <FlipsTo
      key={label}
      label={label}
      changes={flips.flatMap((flip) => (flip.label === label ? [flip.change] : []))}
    />
  ));
}

function FlipsTo({ label, changes }: { label: Label; changes: readonly string[] }) {
  const rest = changes.slice(FLIPS_SHOWN);
  return (
    <div className="mt-2 text-sm">
      <LabelMark label={label} /> if
      <Words items={changes.slice(0, FLIPS_SHOWN)} none="" />
      {rest.length > 0 && (
        <Disclosure summary={`${rest.length} more`}>
          <Words items={rest} none="" />
        </Disclosure>
      )}
    </div>
  );
}
