'use client';

import type { ReactNode } from 'react';
import { VoteButtons } from '@/components/feedback/vote-buttons';
import { ExternalLink } from '@/components/ui/link';
import { Badge } from '@/components/ui/status';
import type { EvidenceRow } from '@/server/evidence/rows';
import { SOURCE_NAMES } from '@/server/reports/csl';
import { Direction } from './direction';
import { KIND_WORDS, LEVEL_WORDS, ROLE_WORDS, shownId } from './filter';

interface Column {
  id: string;
  label: string;
  sorts?: true;
  cell: (row: EvidenceRow, indications: Readonly<Record<string, string>>) => ReactNode;
}

/** What the table can show of a record beside its title. */
export const COLUMNS: readonly Column[] = [
  {
    id: 'votes',
    label: 'Votes',
    cell: (row) => <VoteButtons evidenceId={row.id} title={row.title} tabIndex={-1} />,
  },
  { id: 'kind', label: 'Kind', sorts: true, cell: (row) => KIND_WORDS[row.kind].one },
  {
    id: 'summary',
    label: 'In short',
    cell: (row) => <span className="block w-44">{row.summary}</span>,
  },
  {
    id: 'level',
    label: 'Level',
    sorts: true,
    cell: ({ level }) => level && <span title={LEVEL_WORDS[level]}>{level}</span>,
  },
  {
    id: 'stance',
    label: 'Direction',
    sorts: true,
    cell: ({ stance }) => (stance ? <Direction stance={stance} /> : ''),
  },
  {
    id: 'role',
    label: 'Molecule’s role',
    sorts: true,
    cell: ({ role }) => (role ? ROLE_WORDS[role] : ''),
  },
  {
    id: 'indications',
    label: 'Indications',
    cell: (row, indications) => (
      <Names names={row.indications.map((key) => indications[key] ?? key)} />
    ),
  },
  {
    id: 'date',
    label: 'Date',
    sorts: true,
    cell: ({ publishedOn }) =>
      publishedOn && <span className="whitespace-nowrap">{publishedOn}</span>,
  },
  {
    id: 'source',
    label: 'Source',
    sorts: true,
    cell: (row) => (
      <span className="whitespace-nowrap">
        {row.demo ? (
          SOURCE_NAMES[row.source]
        ) : (
          <ExternalLink href={row.url} tabIndex={-1}>
            {SOURCE_NAMES[row.source]}
          </ExternalLink>
        )}
      </span>
    ),
  },
];

/** Shown unless the address says otherwise. */
export const USUAL_COLUMNS = ['votes', 'kind', 'summary', 'level', 'stance', 'date', 'source'];

/** The record's title, number and warnings: the head of its row. */
export function RecordHead({ row, onOpen }: { row: EvidenceRow; onOpen: () => void }) {
  return (
    <span className="block w-[min(22rem,46vw)]">
      {row.alarm && (
        <span className="float-right ml-2">
          <Badge tone="bad">{row.alarm}</Badge>
        </span>
      )}
      <button
        type="button"
        className="line-clamp-2 text-left underline-offset-4 wrap-anywhere hover:underline"
        tabIndex={-1}
        onClick={onOpen}
      >
        {row.title}
      </button>
      <span className="flex flex-wrap items-center gap-2 font-mono text-xs font-normal text-ink-2">
        {shownId(row)}
        {row.demo && <Badge tone="caution">Demo</Badge>}
      </span>
    </span>
  );
}

function Names({ names }: { names: readonly string[] }) {
  const [first, ...more] = names;
  if (!first) return null;
  return (
    <span className="block min-w-40" title={names.join(', ')}>
      {first}
      {more.length > 0 && <span className="text-ink-2"> and {more.length} more</span>}
    </span>
  );
}
