'use client';

import { useSearchParams } from 'next/navigation';
import {
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryState,
  useQueryStates,
  type Values,
} from 'nuqs';
import { type RefObject, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useFeedback } from '@/components/feedback/feedback-context';
import { VoteButtons } from '@/components/feedback/vote-buttons';
import { useJob } from '@/components/jobs/job-context';
import { totals } from '@/components/jobs/words';
import { Button } from '@/components/ui/button';
import { ColumnChooser } from '@/components/ui/column-chooser';
import { FacetList } from '@/components/ui/facets';
import { InputField } from '@/components/ui/field';
import { ExternalLink, TextLink } from '@/components/ui/link';
import { useRowKeys } from '@/components/ui/rows';
import { EmptyState } from '@/components/ui/states';
import { Badge } from '@/components/ui/status';
import { Pager, Table, TableCount, Td, Th } from '@/components/ui/table';
import type { EvidenceList, EvidenceRow } from '@/server/evidence/rows';
import { isTerminal } from '@/server/jobs/schema';
import type { RankingView } from '@/server/ranking';
import { SOURCE_NAMES } from '@/server/reports/csl';
import { EvidenceDrawer } from './evidence-drawer';
import {
  type EvidenceFilter,
  FACETS,
  type Facet,
  facetCounts,
  facetWord,
  KIND_WORDS,
  LEVEL_WORDS,
  narrow,
  ROLE_WORDS,
  STANCE_WORDS,
  shownId,
} from './filter';
import { GatherState } from './gather-state';
import { inLearnedOrder, movesOf } from './learned-order';
import { useLiveEvidence } from './live-evidence';
import { OrderNote } from './order-note';
import { useImpression } from './use-impression';

const COLUMNS = [
  { id: 'title', label: 'Record', fixed: true },
  { id: 'votes', label: 'Votes' },
  { id: 'kind', label: 'Kind' },
  { id: 'summary', label: 'In short' },
  { id: 'level', label: 'Level' },
  { id: 'stance', label: 'Direction' },
  { id: 'role', label: 'Molecule’s role' },
  { id: 'indications', label: 'Indications' },
  { id: 'date', label: 'Date' },
  { id: 'source', label: 'Source' },
] as const;
const USUAL = ['votes', 'kind', 'summary', 'level', 'stance', 'date', 'source'];

/** Rows shown at a time; the rest have pages, which the keys turn by themselves. */
const PAGE = 100;

const list = parseAsArrayOf(parseAsString).withDefault([]);
const text = parseAsString.withDefault('');
const address = {
  kind: list,
  alarm: list,
  level: list,
  stance: list,
  role: list,
  source: list,
  indication: list,
  q: text,
  sort: text,
  order: parseAsStringLiteral(['usual']),
  page: parseAsInteger.withDefault(1),
};
type Change = Partial<Values<typeof address>>;

/** All records of a job; filters, order, page, columns and the open record stand in the address. */
export function EvidenceTable({
  initial,
  ranking,
}: {
  initial: EvidenceList;
  ranking: RankingView;
}) {
  const { job } = useJob();
  const [state, setState] = useQueryStates(address, { history: 'replace' });
  const [columns, setColumns] = useQueryState(
    'columns',
    parseAsArrayOf(parseAsString).withDefault(USUAL),
  );
  const [open, setOpen] = useQueryState('record', { history: 'replace' });
  const [isReading, setReading] = useState(false);
  const live = useLiveEvidence(initial, open !== null || isReading);
  const { rows, indications } = live.list;
  // Typing stays ahead of a long list.
  const deferred = useDeferredValue(state);
  const filter = useMemo((): EvidenceFilter => ({ ...deferred, search: deferred.q }), [deferred]);
  const isLearned = state.sort === '' && state.order === null;
  const usual = useMemo(() => narrow(rows, filter), [rows, filter]);
  const isWhole = usual.length === rows.length;
  const shown = useMemo(
    // Only the whole list is told of, so only there is anything drawn by lot.
    () =>
      isLearned ? inLearnedOrder(usual, isWhole ? ranking : { ...ranking, lot: null }) : usual,
    [usual, ranking, isLearned, isWhole],
  );
  const moves = useMemo(() => movesOf(usual, shown), [usual, shown]);
  useImpression(isLearned && isWhole ? shown : null, ranking);
  const pages = Math.max(1, Math.ceil(shown.length / PAGE));
  const page = Math.min(Math.max(1, state.page), pages);
  const onPage = shown.slice((page - 1) * PAGE, page * PAGE);
  const ids = useMemo(() => shown.map((r) => r.id), [shown]);

  const change = (next: Change) => void setState({ page: 1, ...next });
  const goTo = (id: string) => {
    const at = Math.floor(ids.indexOf(id) / PAGE) + 1;
    if (at !== page && at > 0) void setState({ page: at });
  };
  const feedback = useFeedback();
  const { activeId, bodyRef, rowProps } = useRowKeys({
    ids,
    actions: feedback?.mayVote
      ? [
          { key: 'v', label: 'Vote up', run: (id) => feedback.cast(id, 1) },
          { key: 'x', label: 'Vote down', run: (id) => feedback.cast(id, -1) },
          { key: 'f', label: 'Flag', run: feedback.openFlag },
        ]
      : [],
    onOpen: (id) => void setOpen(open === id ? null : id),
    onMove: (id) => {
      setReading(true);
      goTo(id);
      if (open) void setOpen(id);
    },
  });
  useFocusAfterTurning(page, activeId, bodyRef);
  const href = useHref();
  const clear = () =>
    void setState({ ...Object.fromEntries(FACETS.map((f) => [f, []])), q: '', page: 1 });
  const sort = (name: string) => {
    const [current, direction] = state.sort.split('.');
    const next = `${name}.${current === name && direction === 'asc' ? 'desc' : 'asc'}`;
    return {
      href: href({ sort: next, page: null }),
      direction: current === name ? (direction === 'desc' ? 'descending' : 'ascending') : null,
      onSort: () => change({ sort: next }),
    } as const;
  };
  const has = (column: string) => columns.includes(column);
  const at = open === null ? -1 : ids.indexOf(open);
  const step = (by: 1 | -1) => {
    const next = ids[at + by];
    if (!next) return null;
    return () => {
      goTo(next);
      void setOpen(next);
    };
  };

  if (rows.length === 0) {
    return (
      <>
        <GatherState {...live} />
        <NoEvidence />
      </>
    );
  }
  return (
    <>
      <GatherState {...live} />
      <div className="lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-x-8">
        <aside aria-label="Filters" data-screen-only className="mb-5">
          <InputField
            label="Search records"
            type="search"
            data-search
            placeholder="Title, number, journal"
            value={state.q}
            onChange={(e) => change({ q: e.target.value })}
          />
          <details className="mt-3 lg:hidden">
            <summary className="link inline-block py-1 text-sm">Filters</summary>
            <Facets {...{ rows, filter, indications, change }} />
          </details>
          <div className="mt-3 max-lg:hidden">
            <Facets {...{ rows, filter, indications, change }} />
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
          {state.sort === '' && (
            <OrderNote
              ranking={ranking}
              isUsual={!isLearned}
              href={href({ order: isLearned ? 'usual' : null, page: null })}
            />
          )}
          <Table label="Evidence">
            <thead>
              <tr>
                <Th sort={sort('title')}>Record</Th>
                {has('votes') && <Th>Votes</Th>}
                {has('kind') && <Th sort={sort('kind')}>Kind</Th>}
                {has('summary') && <Th>In short</Th>}
                {has('level') && <Th sort={sort('level')}>Level</Th>}
                {has('stance') && <Th sort={sort('stance')}>Direction</Th>}
                {has('role') && <Th sort={sort('role')}>Molecule’s role</Th>}
                {has('indications') && <Th>Indications</Th>}
                {has('date') && <Th sort={sort('date')}>Date</Th>}
                {has('source') && <Th sort={sort('source')}>Source</Th>}
              </tr>
            </thead>
            <tbody ref={bodyRef}>
              {onPage.map((row) => (
                <tr key={row.id} {...rowProps(row.id)} data-selected={row.id === open || undefined}>
                  <Td rowHead>
                    <RecordHead row={row} onOpen={() => void setOpen(row.id)} />
                  </Td>
                  {has('votes') && (
                    <Td>
                      <VoteButtons evidenceId={row.id} title={row.title} tabIndex={-1} />
                    </Td>
                  )}
                  {has('kind') && <Td>{KIND_WORDS[row.kind].one}</Td>}
                  {has('summary') && (
                    <Td>
                      <span className="block w-44">{row.summary}</span>
                    </Td>
                  )}
                  {has('level') && (
                    <Td>{row.level && <span title={LEVEL_WORDS[row.level]}>{row.level}</span>}</Td>
                  )}
                  {has('stance') && <Td>{row.stance ? <Direction stance={row.stance} /> : ''}</Td>}
                  {has('role') && <Td>{row.role ? ROLE_WORDS[row.role] : ''}</Td>}
                  {has('indications') && (
                    <Td>
                      <Names names={row.indications.map((key) => indications[key] ?? key)} />
                    </Td>
                  )}
                  {has('date') && (
                    <Td>
                      {row.publishedOn && (
                        <span className="whitespace-nowrap">{row.publishedOn}</span>
                      )}
                    </Td>
                  )}
                  {has('source') && (
                    <Td>
                      <span className="whitespace-nowrap">
                        {row.demo ? (
                          SOURCE_NAMES[row.source]
                        ) : (
                          <ExternalLink href={row.url} tabIndex={-1}>
                            {SOURCE_NAMES[row.source]}
                          </ExternalLink>
                        )}
                      </span>
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
          {pages > 1 && (
            <Pager
              from={(page - 1) * PAGE + 1}
              to={Math.min(page * PAGE, shown.length)}
              total={shown.length}
              previousHref={page > 1 ? href({ page: String(page - 1) }) : null}
              nextHref={page < pages ? href({ page: String(page + 1) }) : null}
              onGo={(by) => void setState({ page: page + by })}
            />
          )}
        </div>
        <EvidenceDrawer
          jobId={job.id}
          row={rows.find((r) => r.id === open) ?? null}
          position={at === -1 ? null : { at: at + 1, of: ids.length }}
          moved={(ranking.version > 0 && open && moves.get(open)) || null}
          previous={step(-1)}
          next={step(1)}
          onClose={() => void setOpen(null)}
        />
      </div>
    </>
  );
}

function RecordHead({ row, onOpen }: { row: EvidenceRow; onOpen: () => void }) {
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

/** The word says it; colour and weight repeat it. */
export function Direction({ stance }: { stance: NonNullable<EvidenceRow['stance']> }) {
  const look = { supports: 'text-accent', contradicts: 'text-bad', unclear: 'text-ink-2' }[stance];
  return <span className={look}>{STANCE_WORDS[stance]}</span>;
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

const LEGENDS: Record<Facet, string> = {
  kind: 'Kind',
  alarm: 'To be careful with',
  level: 'Evidence level',
  stance: 'Direction of articles',
  role: 'Molecule’s role in trials',
  source: 'Source',
  indication: 'Indication',
};

/** A facet with a single value narrows nothing and is left out. */
function Facets({
  rows,
  filter,
  indications,
  change,
}: {
  rows: EvidenceRow[];
  filter: EvidenceFilter;
  indications: Readonly<Record<string, string>>;
  change: (next: Change) => void;
}) {
  return FACETS.map((facet) => {
    const counts = facetCounts(rows, filter, facet);
    if (counts.length < 2 && facet !== 'alarm' && filter[facet].length === 0) return null;
    if (counts.length === 0) return null;
    return (
      <FacetList
        key={facet}
        legend={LEGENDS[facet]}
        name={facet}
        selected={filter[facet]}
        onChange={(selected) => change({ [facet]: selected })}
        items={counts.map(({ value, count }) => ({
          value,
          count,
          label: facetWord(facet, value, indications),
        }))}
      />
    );
  });
}

function NoEvidence() {
  const { job } = useJob();
  const { answered, sources } = totals(job);
  const overview = <TextLink href={`/runs/${job.id}`}>the overview</TextLink>;
  if (!isTerminal(job.status)) {
    return (
      <EmptyState title="No record yet">
        Which source is being asked just now is said in {overview}.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No evidence">
      {answered === sources
        ? `All ${sources} sources answered, and none holds a record of this molecule.`
        : `${answered} of ${sources} sources answered, with nothing; what the others hold is not known.`}{' '}
      How each was asked is said in {overview}.
    </EmptyState>
  );
}

/** The row that a key led to on another page gets the focus when that page is there. */
function useFocusAfterTurning(
  page: number,
  activeId: string | null,
  bodyRef: RefObject<HTMLTableSectionElement | null>,
) {
  const before = useRef(page);
  useEffect(() => {
    if (before.current === page) return;
    before.current = page;
    const id = activeId;
    const row = id && bodyRef.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    if (!row) {
      bodyRef.current?.closest('.table-frame')?.scrollTo({ top: 0 });
      return;
    }
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  }, [page, activeId, bodyRef]);
}

/** The present address with some of its parameters changed; null takes one out. */
function useHref() {
  const search = useSearchParams();
  return (changes: Record<string, string | null>) => {
    const params = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) params.delete(name);
      else params.set(name, value);
    }
    return `?${params}`;
  };
}
