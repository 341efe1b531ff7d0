'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useQueryState } from 'nuqs';
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { Steps } from '@/components/evidence/evidence-drawer';
import { KIND_WORDS } from '@/components/evidence/filter';
import { Passage } from '@/components/evidence/record/passage';
import { useTRPC } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { Identifier } from '@/components/ui/copy';
import { Drawer } from '@/components/ui/dialog';
import { useKeys } from '@/components/ui/keys';
import { ExternalLink, TextLink } from '@/components/ui/link';
import { Loading, SkeletonText } from '@/components/ui/skeleton';
import { Callout, ErrorState } from '@/components/ui/states';
import { Badge } from '@/components/ui/status';
import { SOURCE_NAMES } from '@/server/reports/csl';
import type { CitationStep, CitationView } from '@/server/reports/read';

/**
 * Makes the markers of the report inside it open what they cite beside the report: the quote in its
 * surroundings in the stored copy. j and k go from citation to citation through all statements. Where
 * no script runs a marker leads to the list at the end.
 */
export function CitationReader({
  jobId,
  version,
  children,
}: {
  jobId: string;
  version: number;
  children: ReactNode;
}) {
  const [address, setAddress] = useQueryState('cite', { history: 'replace' });
  const frame = useRef<HTMLDivElement>(null);
  const step = parse(address);
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery({
    ...trpc.reports.citation.queryOptions({ jobId, version, ...(step ?? NOWHERE) }),
    enabled: step !== null,
    // A report never changes.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const go = (to: CitationStep | null) => void setAddress(to && `${to.claim}~${to.place}`);
  const follow = (to: CitationStep | null | undefined) => () => {
    if (to) go(to);
  };
  useShownStatement(frame, step?.claim ?? null);
  useKeys('Report', [
    {
      keys: 'j',
      label: 'Next citation',
      run: step ? follow(data?.next) : () => go(firstInView(frame.current)),
    },
    { keys: 'k', label: 'Previous citation', run: follow(data?.previous) },
  ]);
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const marker = event.target instanceof Element ? event.target.closest('[data-place]') : null;
    const clicked = marker && stepOf(marker);
    if (!clicked) return;
    event.preventDefault();
    go(clicked);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the markers inside are links */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click */}
      <div ref={frame} onClick={onClick}>
        {children}
      </div>
      <Drawer
        modal={false}
        open={step !== null}
        onOpenChange={(open) => {
          if (!open) go(null);
        }}
        title={data?.evidence?.title ?? 'Citation'}
        description={
          data?.evidence
            ? `${KIND_WORDS[data.evidence.kind].one} from ${SOURCE_NAMES[data.evidence.source]}`
            : undefined
        }
        footer={
          data && (
            <Steps
              at={data.at}
              of={data.of}
              one="citation of this statement"
              many="citations of this statement"
              previous={data.previous && follow(data.previous)}
              next={data.next && follow(data.next)}
            />
          )
        }
      >
        {error ? (
          <ErrorState
            title="The citation could not be read"
            reason={error.message}
            whatToDo="The report holds no such citation, or its stored copy cannot be reached just now."
            actions={<Button onClick={() => void refetch()}>Try again</Button>}
          />
        ) : data ? (
          <Cited jobId={jobId} view={data} />
        ) : (
          <Loading label="Reading the stored copy">
            <SkeletonText lines={8} />
          </Loading>
        )}
      </Drawer>
    </>
  );
}

function Cited({ jobId, view }: { jobId: string; view: CitationView }) {
  const { statement, citation, evidence, surroundings } = view;
  return (
    <div className="space-y-5">
      <div>
        <h3 className="text-sm text-ink-2">The statement</h3>
        <p className="max-w-measure">{statement}</p>
      </div>
      <div>
        <h3 className="mb-1.5 text-sm text-ink-2">Where its source says so</h3>
        <Passage place={citation} surroundings={surroundings} />
      </div>
      {evidence ? (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-rule pt-3 text-sm">
          {evidence.level && <Badge>{evidence.level}</Badge>}
          {evidence.retrievedAt === null && <Badge tone="caution">Demo</Badge>}
          <TextLink href={`/runs/${jobId}/evidence?record=${evidence.id}`}>
            The whole record
          </TextLink>
          {evidence.retrievedAt !== null && (
            <ExternalLink href={evidence.url}>Open at {SOURCE_NAMES[evidence.source]}</ExternalLink>
          )}
        </p>
      ) : (
        <Callout tone="bad" title="The report does not hold this record">
          A report like this does not verify.
        </Callout>
      )}
      <p className="text-xs text-ink-2">
        Stored copy <Identifier value={citation.snapshotSha256} label="SHA-256" />
      </p>
    </div>
  );
}

const NOWHERE: CitationStep = { claim: '', place: '' };

function parse(address: string | null): CitationStep | null {
  const [claim, place] = address?.split('~') ?? [];
  return claim && place ? { claim, place } : null;
}

function stepOf(marker: Element): CitationStep | null {
  const place = marker.getAttribute('data-place');
  const claim = marker.closest('[data-claim]')?.getAttribute('data-claim');
  return claim && place ? { claim, place } : null;
}

/** The first citation that is on the screen, or below it. */
function firstInView(frame: Element | null): CitationStep | null {
  const markers = [...(frame?.querySelectorAll('[data-claim] [data-place]') ?? [])];
  const seen = markers.find((marker) => marker.getBoundingClientRect().top > 0);
  return seen ? stepOf(seen) : null;
}

/** Marks the statement whose citation is read, and brings it into view. */
function useShownStatement(frame: { current: Element | null }, claim: string | null): void {
  useEffect(() => {
    if (claim === null) return;
    const statement = frame.current?.querySelector(`[data-claim="${CSS.escape(claim)}"]`);
    if (!statement) return;
    const fold = statement.closest('details');
    if (fold) fold.open = true;
    statement.setAttribute('data-cited', '');
    const { top, bottom } = statement.getBoundingClientRect();
    if (top < 0 || bottom > window.innerHeight) statement.scrollIntoView({ block: 'center' });
    return () => statement.removeAttribute('data-cited');
  }, [frame, claim]);
}
