import type { Metadata } from 'next';
import { forPage, may } from '@/app/page-context';
import { type Draft, SubmitForm } from '@/components/jobs/submit-form';
import { TextLink } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/section';
import { Callout, EmptyState } from '@/components/ui/states';
import { SOURCE_IDS } from '@/server/evidence/schema';
import { getJob } from '@/server/jobs/queries';
import { LIMITS } from '@/server/jobs/schema';
import { sourcesHealth } from '@/server/sources/pace';
import { submit } from './actions';

export const metadata: Metadata = { title: 'New job' };

/** `from` is an earlier job to begin with; the others fill in single fields. */
type Query = { from?: string; text?: string; indication?: string; sources?: string };

export default async function NewPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const health = await forPage((ctx) => sourcesHealth(ctx.db));
  const sources = SOURCE_IDS.flatMap((id) => health.find((source) => source.id === id) ?? []);
  return (
    <>
      <PageHeader
        title="New job"
        trail={<TextLink href="/">Dashboard</TextLink>}
        summary="Name a molecule. Phial says which compound it understood, asks the public sources while you watch, and writes a report in which every statement can be checked."
      />
      {!(await may('job.submit')) ? (
        <EmptyState title="Your role may read, but not submit">
          Ask an admin of the workspace to make you a researcher.
        </EmptyState>
      ) : sources.length === 0 ? (
        <Callout tone="caution" title="No worker has started yet">
          The sources are known as soon as one has. Reload this page in a moment.
        </Callout>
      ) : (
        <SubmitForm draft={await draftOf(query)} sources={sources} action={submit} />
      )}
    </>
  );
}

async function draftOf(query: Query): Promise<Draft> {
  const { from } = query;
  const earlier = from ? await forPage((ctx) => getJob({ ctx, jobId: from })) : null;
  const options = earlier?.options;
  return {
    text: query.text ?? earlier?.input ?? '',
    indication: query.indication ?? options?.indication ?? '',
    sources: query.sources?.split(',') ?? options?.sources ?? SOURCE_IDS,
    maxRequests: String(options?.maxRequests ?? LIMITS.maxRequests.default),
    maxSeconds: String(options?.maxSeconds ?? LIMITS.maxSeconds.default),
    bundleSha256: earlier?.bundleSha256 ?? null,
  };
}
