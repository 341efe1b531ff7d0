'use client';

import { Drawer } from '@/components/ui/dialog';
import { formatFigure } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { DefinitionList } from '@/components/ui/section';
import { Table, Td, Th } from '@/components/ui/table';
import type { Candidate, Term } from '@/server/reports/schema';
import { LabelMark } from './label-mark';

/** Why a candidate stands where it stands: every term, what is unknown, what would change the label. */
export function CandidateDetail({
  jobId,
  candidate,
  titles,
  onClose,
}: {
  jobId: string;
  candidate: Candidate | null;
  titles: Record<string, string>;
  onClose: () => void;
}) {
  return (
    <Drawer
      modal={false}
      open={candidate !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={candidate?.indication ?? ''}
      description={candidate ? candidate.labelReason : undefined}
    >
      {candidate && (
        <div className="space-y-6">
          <LabelMark label={candidate.label} />
          <div>
            <h3 className="text-base">Terms</h3>
            <Table label="Terms of the score" stickyFirst={false}>
              <thead>
                <tr>
                  <Th>Term</Th>
                  <Th numeric>Weight</Th>
                  <Th numeric>Contribution</Th>
                </tr>
              </thead>
              <tbody>
                {candidate.terms.map((term) => (
                  <TermRow key={term.name} jobId={jobId} term={term} titles={titles} />
                ))}
              </tbody>
            </Table>
          </div>
          <DefinitionList
            items={[
              { term: 'Support', value: range(candidate.support) },
              { term: 'Against', value: range(candidate.against) },
              { term: 'Interval', value: range(candidate.interval) },
              {
                term: 'Trials',
                value: `${candidate.trials.studied} of ${candidate.trials.total} give the molecule as the studied treatment`,
              },
            ]}
          />
          <Words
            title="Not known"
            items={candidate.unknown}
            none="Nothing that the score rests on."
          />
          <Words
            title="What would change the label"
            items={candidate.flips.map((flip) => `${flip.label}: ${flip.change}`)}
            none="No single change would."
          />
        </div>
      )}
    </Drawer>
  );
}

const range = ({ low, high }: { low: number; high: number }) =>
  low === high ? formatFigure(low, 3) : `${formatFigure(low, 3)} to ${formatFigure(high, 3)}`;

function TermRow({
  jobId,
  term,
  titles,
}: {
  jobId: string;
  term: Term;
  titles: Record<string, string>;
}) {
  return (
    <tr>
      <Td rowHead>
        {term.name}
        <details className="text-sm font-normal">
          <summary className="link">
            {term.evidenceIds.length} {term.evidenceIds.length === 1 ? 'record' : 'records'}
          </summary>
          <ul className="mt-1 space-y-1">
            {term.evidenceIds.map((id) => (
              <li key={id}>
                <TextLink href={`/runs/${jobId}/evidence?record=${id}`}>
                  {titles[id] ?? id}
                </TextLink>
              </li>
            ))}
          </ul>
        </details>
      </Td>
      <Td numeric>{formatFigure(term.weight, 2)}</Td>
      <Td numeric>{range(term.contribution)}</Td>
    </tr>
  );
}

function Words({ title, items, none }: { title: string; items: string[]; none: string }) {
  return (
    <div>
      <h3 className="text-base">{title}</h3>
      {items.length === 0 ? (
        <p className="text-sm text-ink-2">{none}</p>
      ) : (
        <ul className="mt-1 list-disc space-y-1 pl-5 text-sm">
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
