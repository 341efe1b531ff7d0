'use client';

import { parseAsArrayOf, parseAsString, useQueryState, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { ColumnChooser } from '@/components/ui/column-chooser';
import { FacetList } from '@/components/ui/facets';
import { InputField } from '@/components/ui/field';
import { ExternalLink } from '@/components/ui/link';
import { useRowKeys } from '@/components/ui/rows';
import { EmptyState } from '@/components/ui/states';
import { Badge } from '@/components/ui/status';
import { Table, TableCount, Td, Th } from '@/components/ui/table';
import { EvidenceDrawer } from './evidence-drawer';
import {
  type EvidenceFilter,
  type EvidenceRow,
  facetCounts,
  KIND_WORDS,
  narrow,
  SOURCE_WORDS,
} from './rows';

const COLUMNS = [
  { id: 'title', label: 'Record', fixed: true },
  { id: 'kind', label: 'Kind' },
  { id: 'summary', label: 'Says' },
  { id: 'level', label: 'Level' },
  { id: 'stance', label: 'Direction' },
  { id: 'role', label: 'Molecule’s role' },
  { id: 'date', label: 'Date' },
  { id: 'source', label: 'Source' },
] as const;
const USUAL = ['kind', 'summary', 'level', 'stance', 'date', 'source'];

const list = parseAsArrayOf(parseAsString).withDefault([]);
const text = parseAsString.withDefault('');
const filters = { kind: list, source: list, level: list, stance: list, q: text, sort: text };

/** All records of a job; filters, order, columns and the open record stand in the address. */
export function EvidenceTable({ jobId, rows }: { jobId: string; rows: EvidenceRow[] }) {
  const [state, setState] = useQueryStates(filters, { history: 'replace' });
  const [columns, setColumns] = useQueryState(
    'columns',
    parseAsArrayOf(parseAsString).withDefault(USUAL),
  );
  const [open, setOpen] = useQueryState('record', { history: 'replace' });
  const filter: EvidenceFilter = useMemo(
    () => ({
      kind: state.kind,
      source: state.source,
      level: state.level,
      stance: state.stance,
      search: state.q,
      sort: state.sort,
    }),
    [state],
  );
  const shown = useMemo(() => narrow(rows, filter), [rows, filter]);
  const { bodyRef, rowProps } = useRowKeys({
    ids: shown.map((r) => r.id),
    onOpen: (id) => void setOpen(id),
    onMove: (id) => {
      if (open) void setOpen(id);
    },
  });
  const clear = () => void setState({ kind: [], source: [], level: [], stance: [], q: '' });
  const sort = (name: string) => {
    const [current, direction] = state.sort.split('.');
    const next = current === name && direction === 'asc' ? 'desc' : 'asc';
    const params = new URLSearchParams({ sort: `${name}.${next}` });
    for (const key of ['kind', 'source', 'level', 'stance'] as const) {
      if (state[key].length > 0) params.set(key, state[key].join(','));
    }
    if (state.q) params.set('q', state.q);
    return {
      href: `?${params}`,
      direction: current === name ? (direction === 'desc' ? 'descending' : 'ascending') : null,
    } as const;
  };
  const has = (column: string) => columns.includes(column);

  if (rows.length === 0) {
    return (
      <EmptyState title="No evidence">
        No source gave a record. The overview says how each source was asked and how that ended: a
        source that failed is not one that has nothing.
      </EmptyState>
    );
  }
  return (
    <div className="lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-x-8">
      <aside aria-label="Filters" data-screen-only className="mb-6">
        <InputField
          label="Search records"
          type="search"
          data-search
          value={state.q}
          onChange={(e) => void setState({ q: e.target.value })}
        />
        <details className="mt-3 lg:hidden">
          <summary className="link text-sm">Filters</summary>
          <Facets rows={rows} filter={filter} onChange={(change) => void setState(change)} />
        </details>
        <div className="mt-3 max-lg:hidden">
          <Facets rows={rows} filter={filter} onChange={(change) => void setState(change)} />
        </div>
      </aside>
      <div className="min-w-0">
        <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
          <TableCount
            shown={shown.length}
            total={rows.length}
            one="record"
            clear={
              <Button size="sm" look="quiet" onClick={clear}>
                Show all
              </Button>
            }
          />
          <ColumnChooser
            columns={COLUMNS}
            visible={columns}
            onChange={(visible) => void setColumns(visible)}
          />
        </div>
        <Table label="Evidence">
          <thead>
            <tr>
              <Th sort={sort('title')}>Record</Th>
              {has('kind') && <Th sort={sort('kind')}>Kind</Th>}
              {has('summary') && <Th>Says</Th>}
              {has('level') && <Th sort={sort('level')}>Level</Th>}
              {has('stance') && <Th>Direction</Th>}
              {has('role') && <Th>Molecule’s role</Th>}
              {has('date') && <Th sort={sort('date')}>Date</Th>}
              {has('source') && <Th sort={sort('source')}>Source</Th>}
            </tr>
          </thead>
          <tbody ref={bodyRef}>
            {shown.map((row) => (
              <tr key={row.id} {...rowProps(row.id)} data-selected={row.id === open || undefined}>
                <Td rowHead>
                  <button
                    type="button"
                    className="link block max-w-[28rem] text-left wrap-anywhere"
                    tabIndex={-1}
                    onClick={() => void setOpen(row.id)}
                  >
                    {row.title}
                  </button>
                  <span className="flex flex-wrap items-center gap-2 font-mono text-xs text-ink-2">
                    {row.externalId}
                    {row.alarm && <Badge tone="bad">{row.alarm}</Badge>}
                    {row.demo && <Badge tone="caution">Demo</Badge>}
                  </span>
                </Td>
                {has('kind') && <Td>{KIND_WORDS[row.kind].one}</Td>}
                {has('summary') && <Td>{row.summary}</Td>}
                {has('level') && <Td>{row.level}</Td>}
                {has('stance') && <Td>{row.stance ?? ''}</Td>}
                {has('role') && <Td>{row.role ?? ''}</Td>}
                {has('date') && <Td>{row.publishedOn}</Td>}
                {has('source') && (
                  <Td>
                    {row.demo ? (
                      SOURCE_WORDS[row.source]
                    ) : (
                      <ExternalLink href={row.url}>{SOURCE_WORDS[row.source]}</ExternalLink>
                    )}
                  </Td>
                )}
              </tr>
            ))}
          </tbody>
        </Table>
        {shown.length === 0 && (
          <p className="py-6 text-ink-2">
            No record passes these filters.{' '}
            <button type="button" className="link" onClick={clear}>
              Show all {rows.length}
            </button>
          </p>
        )}
      </div>
      <EvidenceDrawer
        jobId={jobId}
        row={rows.find((r) => r.id === open) ?? null}
        onClose={() => void setOpen(null)}
      />
    </div>
  );
}

function Facets({
  rows,
  filter,
  onChange,
}: {
  rows: EvidenceRow[];
  filter: EvidenceFilter;
  onChange: (change: Partial<Record<'kind' | 'source' | 'level' | 'stance', string[]>>) => void;
}) {
  const word = {
    kind: (v: string) => KIND_WORDS[v as keyof typeof KIND_WORDS]?.many ?? v,
    source: (v: string) => SOURCE_WORDS[v as keyof typeof SOURCE_WORDS] ?? v,
    level: (v: string) => (v === 'none' ? 'not classified' : v),
    stance: (v: string) => (v === 'none' ? 'not an article' : v),
  };
  const facets = [
    ['kind', 'Kind'],
    ['source', 'Source'],
    ['level', 'Evidence level'],
    ['stance', 'Direction'],
  ] as const;
  return facets.map(([facet, legend]) => (
    <FacetList
      key={facet}
      legend={legend}
      name={facet}
      selected={filter[facet]}
      onChange={(selected) => onChange({ [facet]: selected })}
      items={facetCounts(rows, filter, facet).map(({ value, count }) => ({
        value,
        count,
        label: word[facet](value),
      }))}
    />
  ));
}
