'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { VoteButtons } from '@/components/feedback/vote-buttons';
import { useTRPC } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { Identifier } from '@/components/ui/copy';
import { Drawer } from '@/components/ui/dialog';
import { formatCount } from '@/components/ui/format';
import { Kbd } from '@/components/ui/keys';
import { ExternalLink } from '@/components/ui/link';
import { Loading, SkeletonText } from '@/components/ui/skeleton';
import { ErrorState } from '@/components/ui/states';
import { Badge } from '@/components/ui/status';
import type { EvidenceRow } from '@/server/evidence/rows';
import { SOURCE_NAMES } from '@/server/reports/csl';
import { KIND_WORDS, LEVEL_WORDS, shownId } from './filter';
import { RecordBody } from './record/record-body';

/** What the head of a record shows; a report's own list of evidence has it too. */
export type RecordHead = Pick<
  EvidenceRow,
  'id' | 'kind' | 'source' | 'externalId' | 'title' | 'url' | 'level' | 'demo'
> & { alarm?: string | null };

/**
 * One record beside the list it stands in: what a scientist asks of it first, every fact with its place
 * in the stored copy, and the way to the source. The list's keys go on working.
 */
export function EvidenceDrawer({
  jobId,
  row,
  position = null,
  moved = null,
  previous = null,
  next = null,
  onClose,
}: {
  jobId: string;
  row: RecordHead | null;
  /** Where it stands in the list, and the steps to its neighbours. */
  position?: { at: number; of: number } | null;
  /** How far the workspace's votes have moved it in the list. */
  moved?: { from: number; to: number } | null;
  previous?: (() => void) | null;
  next?: (() => void) | null;
  onClose: () => void;
}) {
  return (
    <Drawer
      modal={false}
      open={row !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={row?.title ?? ''}
      description={row ? `${KIND_WORDS[row.kind].one} from ${SOURCE_NAMES[row.source]}` : undefined}
      footer={
        position && (
          <Steps {...position} previous={previous} next={next} one="record" many="records" />
        )
      }
    >
      {row && <Record key={row.id} jobId={jobId} row={row} moved={moved} />}
    </Drawer>
  );
}

/** The way through a list without leaving the drawer. */
export function Steps({
  at,
  of,
  previous,
  next,
  one,
  many,
}: {
  at: number;
  of: number;
  previous: (() => void) | null;
  next: (() => void) | null;
  one: string;
  many: string;
}) {
  return (
    <>
      <p className="mr-auto text-sm text-ink-2">
        {formatCount(at)} of {formatCount(of)} {of === 1 ? one : many}
      </p>
      <Button size="sm" disabled={!previous} onClick={previous ?? undefined}>
        <ChevronLeft aria-hidden className="size-4" /> Previous{' '}
        <span className="hidden sm:inline">
          <Kbd>k</Kbd>
        </span>
      </Button>
      <Button size="sm" disabled={!next} onClick={next ?? undefined}>
        Next <ChevronRight aria-hidden className="size-4" />{' '}
        <span className="hidden sm:inline">
          <Kbd>j</Kbd>
        </span>
      </Button>
    </>
  );
}

function Record({
  jobId,
  row,
  moved,
}: {
  jobId: string;
  row: RecordHead;
  moved: { from: number; to: number } | null;
}) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.evidence.get.queryOptions({ jobId, evidenceId: row.id }),
  );
  const id = shownId(row);
  return (
    <div className="space-y-5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
        {id && <Identifier value={id} label="identifier" href={row.demo ? undefined : row.url} />}
        {!id && !row.demo && (
          <ExternalLink href={row.url}>Open at {SOURCE_NAMES[row.source]}</ExternalLink>
        )}
        {row.level && (
          <span>
            <Badge>{row.level}</Badge> <span className="text-ink-2">{LEVEL_WORDS[row.level]}</span>
          </span>
        )}
        {row.alarm && <Badge tone="bad">{row.alarm}</Badge>}
        {row.demo && <Badge tone="caution">Demo: composed, no source was asked</Badge>}
      </p>
      <VoteButtons evidenceId={row.id} title={row.title} />
      {moved && (
        <p className="text-sm text-ink-2">
          This workspace’s votes moved this from {moved.from} to {moved.to}.
        </p>
      )}
      {error ? (
        <ErrorState
          title="The record could not be read"
          reason={error.message}
          whatToDo="Its stored copy is untouched. Try again; if it stays so, look at the sources page."
          actions={<Button onClick={() => void refetch()}>Try again</Button>}
        />
      ) : data ? (
        <RecordBody view={data} />
      ) : (
        <Loading label="Reading the stored copy">
          <SkeletonText lines={10} />
        </Loading>
      )}
    </div>
  );
}
