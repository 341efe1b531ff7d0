import type { Metadata } from 'next';
import { forPage } from '@/app/page-context';
import { SourceList } from '@/components/sources/source-list';
import { TextLink } from '@/components/ui/link';
import { DefinitionList, PageHeader, Section } from '@/components/ui/section';
import { EmptyState } from '@/components/ui/states';
import { sourcesHealth } from '@/server/sources/pace';

export const metadata: Metadata = { title: 'Sources' };

export default async function SourcesPage() {
  const sources = await forPage((ctx) => sourcesHealth(ctx.db));
  return (
    <>
      <PageHeader
        title="Sources"
        trail={<TextLink href="/">Dashboard</TextLink>}
        summary="The public services that jobs ask. Their pace holds for this whole installation: jobs of all workspaces take turns."
      />
      {sources.length === 0 ? (
        <EmptyState title="No source is known yet">
          The sources make themselves known when a worker starts. If this stays empty, no worker
          runs: start one, or look at its log.
        </EmptyState>
      ) : (
        <>
          <SourceList sources={sources} />
          <div className="mt-10">
            <Section title="What the states mean" layout="margin">
              <DefinitionList
                items={[
                  { term: 'Answering', value: 'The latest request got an answer.' },
                  {
                    term: 'Failing',
                    value:
                      'The latest requests got none, or an error of the service. Jobs try again after growing pauses.',
                  },
                  {
                    term: 'Left alone',
                    value:
                      'It failed many times in a row, so for a minute nobody asks it; then one request probes it. Steps of jobs that need it meanwhile end as failed, never as “nothing found”, and can be asked again later.',
                  },
                  { term: 'Not asked yet', value: 'No job has needed it since it was added.' },
                ]}
              />
            </Section>
          </div>
        </>
      )}
    </>
  );
}
