'use client';

import { useRouter } from 'next/navigation';
import { LabelMark } from '@/components/candidates/label-mark';
import { JOB_LOOK } from '@/components/jobs/words';
import { Button, ButtonLink } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { useRowKeys, useRowSelection } from '@/components/ui/rows';
import { StatusMark } from '@/components/ui/status';
import { NotKnown, Table, Td, Th } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import type { MoleculeSummary } from '@/server/jobs/queries';
import { COMPARED } from '@/server/reports/compare-align';
import { Structure } from './structure';

export type MoleculeSort = 'latest' | 'name';

/** The compounds that were asked about. Two to four with a report can be chosen to be compared. */
export function MoleculeTable({
  molecules,
  sort,
  sortHrefs,
}: {
  molecules: MoleculeSummary[];
  sort: MoleculeSort;
  sortHrefs: Record<MoleculeSort, string>;
}) {
  const router = useRouter();
  const toast = useToast();
  const { selected, toggle, clear } = useRowSelection();
  const choose = (jobId: string) => {
    const molecule = molecules.find((m) => m.lastJobId === jobId);
    if (!molecule || !hasReport(molecule)) {
      toast({ title: 'This molecule has no report to compare yet', tone: 'bad' });
    } else if (!selected.has(jobId) && selected.size >= COMPARED.max) {
      toast({ title: `At most ${COMPARED.max} molecules fit beside each other`, tone: 'bad' });
    } else toggle(jobId);
  };
  const { bodyRef, rowProps } = useRowKeys({
    ids: molecules.map((m) => m.lastJobId),
    onOpen: (id) => router.push(`/runs/${id}`),
    onToggle: choose,
  });
  return (
    <>
      <CompareBar selected={[...selected]} clear={clear} />
      <Table label="Molecules">
        <thead>
          <tr>
            <Th sort={{ href: sortHrefs.name, direction: sort === 'name' ? 'ascending' : null }}>
              Molecule
            </Th>
            <Th>Structure</Th>
            <Th>Latest decision</Th>
            <Th>Latest job</Th>
            <Th numeric>Jobs</Th>
            <Th
              numeric
              sort={{ href: sortHrefs.latest, direction: sort === 'latest' ? 'descending' : null }}
            >
              Asked about
            </Th>
          </tr>
        </thead>
        <tbody ref={bodyRef}>
          {molecules.map((molecule) => (
            <MoleculeRow
              key={molecule.lastJobId}
              molecule={molecule}
              isChosen={selected.has(molecule.lastJobId)}
              choose={() => choose(molecule.lastJobId)}
              rowProps={rowProps(molecule.lastJobId)}
            />
          ))}
        </tbody>
      </Table>
    </>
  );
}

function MoleculeRow({
  molecule,
  isChosen,
  choose,
  rowProps,
}: {
  molecule: MoleculeSummary;
  isChosen: boolean;
  choose: () => void;
  rowProps: ReturnType<ReturnType<typeof useRowKeys>['rowProps']>;
}) {
  const { name, inchiKey, canonicalSmiles, lastJobId, lastStatus, lastLabel, lastCandidate } =
    molecule;
  return (
    <tr {...rowProps} data-selected={isChosen || undefined}>
      <Td rowHead>
        <span className="flex min-w-44 items-start gap-2.5">
          <input
            type="checkbox"
            checked={isChosen}
            disabled={!hasReport(molecule)}
            onChange={choose}
            aria-label={`Compare ${name}`}
            title={hasReport(molecule) ? `Compare ${name}` : 'No report to compare yet'}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span className="min-w-0">
            <TextLink href={`/runs/${lastJobId}`} className="wrap-anywhere">
              {name}
            </TextLink>
            <span className="block font-mono text-xs font-normal text-ink-2">{inchiKey}</span>
          </span>
        </span>
      </Td>
      <Td>
        <span className="block w-30">
          <Structure smiles={canonicalSmiles} name={name} width={120} height={72} />
        </span>
      </Td>
      <Td>
        {lastLabel ? (
          <span className="flex min-w-32 flex-wrap items-baseline gap-x-2">
            <LabelMark label={lastLabel} />
            {lastCandidate}
          </span>
        ) : (
          <NotKnown />
        )}
      </Td>
      <Td>
        <StatusMark state={JOB_LOOK[lastStatus].state}>{JOB_LOOK[lastStatus].word}</StatusMark>
      </Td>
      <Td numeric>{formatCount(molecule.jobCount)}</Td>
      <Td numeric>
        <Time at={molecule.lastAt} />
      </Td>
    </tr>
  );
}

/** Always there, so that the table does not move when something is chosen. */
function CompareBar({ selected, clear }: { selected: string[]; clear: () => void }) {
  const enough = selected.length >= COMPARED.min;
  return (
    <div className="mb-3 flex min-h-9 flex-wrap items-center gap-3 text-sm">
      {enough ? (
        <ButtonLink size="sm" look="primary" href={`/compare?jobs=${selected.join(',')}`}>
          Compare {selected.length} molecules
        </ButtonLink>
      ) : (
        <Button size="sm" disabled>
          Compare
        </Button>
      )}
      <p role="status" className="text-ink-2">
        {selected.length === 0
          ? `Choose ${COMPARED.min} to ${COMPARED.max} molecules to see them side by side.`
          : enough
            ? null
            : 'One more is needed.'}
      </p>
      {selected.length > 0 && (
        <Button size="sm" look="quiet" onClick={clear}>
          Clear
        </Button>
      )}
    </div>
  );
}

/** A job that was retried and then cancelled still has the report of its first run. */
const hasReport = ({ lastStatus, lastLabel }: MoleculeSummary) =>
  lastLabel !== null || lastStatus === 'completed' || lastStatus === 'partial';
