import type { Metadata } from 'next';
import { Suspense } from 'react';
import { may } from '@/app/page-context';
import { CacheTable } from '@/components/operation/cache-table';
import { ForgetCache } from '@/components/operation/forget-cache';
import { LimitTable } from '@/components/operation/limit-table';
import { formatCount } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import { SkeletonText } from '@/components/ui/skeleton';
import { Callout, EmptyState } from '@/components/ui/states';
import { Time } from '@/components/ui/time';
import type { CacheStatistics } from '@/server/cache/schema';
import { rememberedOrphans } from '@/server/papers';
import { web } from '@/server/web';
import { forget } from './actions';

export const metadata: Metadata = { title: 'Cache and limits' };

const WHERE: Record<CacheStatistics['state'], string> = {
  shared: 'Kept in Redis, shared by all processes.',
  own: 'No Redis is configured: each process keeps its own. Shown is what this web process keeps.',
  degraded: 'Redis cannot be reached.',
  off: 'Switched off: everything is computed anew.',
};

export default async function CachePage() {
  if (!(await may('operation.read'))) {
    return (
      <EmptyState title="This is for admins">
        Ask an admin of this workspace when something seems slow or out of date.
      </EmptyState>
    );
  }
  const { state, namespaces } = await web().cache.statistics();
  return (
    <>
      {state === 'degraded' && (
        <div className="mb-8">
          <Callout tone="caution" title="Redis is configured and cannot be reached">
            Nothing is wrong with the answers: everything is computed anew, and each process counts
            limits for itself. It is tried again all the time; look at REDIS_URL and at the server
            it names.
          </Callout>
        </div>
      )}
      <Section
        title="Cache"
        note={`${WHERE[state]} Counts are of all workspaces; keys and bytes are what was written and is not yet at the end of its time.`}
        actions={<ForgetCache action={forget} />}
      >
        <CacheTable namespaces={namespaces} />
      </Section>
      <Section
        title="Limits"
        note="Counted over a sliding minute per API key, else per person, else per address."
      >
        <LimitTable />
      </Section>
      <Section
        id="orphans"
        title="Remains of purged papers"
        note="Pages, chunks, postings, vectors, upload slots and jobs, over all workspaces, whose paper is gone. Counted at most once an hour."
      >
        <Suspense fallback={<SkeletonText lines={1} />}>
          <Orphans />
        </Suspense>
      </Section>
    </>
  );
}

/** Comes after the page: in a large library the count takes seconds. */
async function Orphans() {
  const { cache, db } = web();
  const { orphans, countedAt } = await rememberedOrphans(cache, db);
  const counted = (
    <>
      counted <Time at={countedAt} />
    </>
  );
  if (orphans > 0) {
    return (
      <Callout tone="caution" title={`${formatCount(orphans)} rows belong to no paper`}>
        No answer uses them ({counted}). A purge takes a paper and all that is of it at once, so
        this points to a change made past Phial: restore the database, or report it.
      </Callout>
    );
  }
  return (
    <p>
      0 orphans, {counted}. What still lies in the <TextLink href="/papers?bin=1">bin</TextLink> is
      no orphan: it is there until it is purged.
    </p>
  );
}
