'use client';

import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import { useJob } from '@/components/jobs/job-context';
import { Button } from '@/components/ui/button';
import { ColumnChooser } from '@/components/ui/column-chooser';
import { Pager, Table, TableCount, Td, Th } from '@/components/ui/table';
import type { EvidenceList } from '@/server/evidence/rows';
import type { RankingView } from '@/server/ranking';
import { COLUMNS, RecordHead, USUAL_COLUMNS } from './columns';
import { useEvidenceAddress } from './evidence-address';
import { EvidenceDrawer } from './evidence-drawer';
import { GatherState } from './gather-state';
import { useLiveEvidence } from './live-evidence';
import { NoEvidence } from './no-evidence';
import { OrderNote } from './order-note';
import { RecordFilters } from './record-filters';
import { useRecordRows } from './use-record-rows';
import { PAGE, useShownRecords } from './use-shown-records';

const RECORD = { id: 'title', label: 'Record', fixed: true };

/** All records of a job; filters, order, page, columns and the open record stand in the address. */
export function EvidenceTable({
  initial,
  ranking,
}: {
  initial: EvidenceList;
  ranking: RankingView;
}) {
  const { job } = useJob();
  const { state, href, change, sortedBy, turnTo, clear } = useEvidenceAddress();
  const [visible, setVisible] = useQueryState(
    'columns',
    parseAsArrayOf(parseAsString).withDefault(USUAL_COLUMNS),
  );
  const [open, setOpenRecord] = useQueryState('record', { history: 'replace' });
  const setOpen = (id: string | null) => void setOpenRecord(id);
  const [isReading, setReading] = useState(false);
  const live = useLiveEvidence(initial, open !== null || isReading);
  const { rows, indications } = live.list;
  const { filter, isLearned, shown, moves, ids, page, pages, onPage } = useShownRecords(
    rows,
    state,
    ranking,
  );
  const { bodyRef, rowProps, at, step } = useRecordRows({
    ids,
    page,
    turnTo,
    open,
    setOpen,
    onRead: () => setReading(true),
  });
  const columns = COLUMNS.filter(({ id }) => visible.includes(id));

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
        <RecordFilters search={state.q} {...{ rows, filter, indications, change }} />
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
              columns={[RECORD, ...COLUMNS]}
              visible={visible}
              onChange={(next) => void setVisible(next)}
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
                <Th sort={sortedBy(RECORD.id)}>{RECORD.label}</Th>
                {columns.map(({ id, label, sorts }) => (
                  <Th key={id} sort={sorts && sortedBy(id)}>
                    {label}
                  </Th>
                ))}
              </tr>
            </thead>
            <tbody ref={bodyRef}>
              {onPage.map((row) => (
                <tr key={row.id} {...rowProps(row.id)} data-selected={row.id === open || undefined}>
                  <Td rowHead>
                    <RecordHead row={row} onOpen={() => setOpen(row.id)} />
                  </Td>
                  {columns.map(({ id, cell }) => (
                    <Td key={id}>{cell(row, indications)}</Td>
                  ))}
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
              onGo={(by) => turnTo(page + by)}
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
          onClose={() => setOpen(null)}
        />
      </div>
    </>
  );
}
