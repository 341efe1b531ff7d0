import type { Metadata } from 'next';
import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { forPage, may } from '@/app/page-context';
import { Dashboard } from '@/components/jobs/dashboard';
import { HealthList } from '@/components/sources/health-list';
import { Button, ButtonLink } from '@/components/ui/button';
import { InputField } from '@/components/ui/field';
import { TextLink } from '@/components/ui/link';
import { PageHeader, Section } from '@/components/ui/section';
import { EmptyState } from '@/components/ui/states';
import { activeJobs, countJobs, listJobs } from '@/server/jobs/queries';
import type { JobStatus } from '@/server/jobs/schema';
import { sourcesHealth } from '@/server/sources/pace';

export const metadata: Metadata = { title: 'Dashboard' };

const STATUSES = [
  'pending',
  'needs-input',
  'running',
  'completed',
  'partial',
  'failed',
  'cancelled',
] as const satisfies readonly JobStatus[];

const loadQuery = createLoader({
  q: parseAsString.withDefault(''),
  status: parseAsArrayOf(parseAsStringLiteral(STATUSES)).withDefault([]),
  cursor: parseAsString,
});

const RECENT = 20;
/** Jobs that ended without something; older ones are found in the list. */
const ATTENTION = 5;

export default async function DashboardPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = await loadQuery(searchParams);
  const [page, canSubmit] = await Promise.all([
    forPage(async (ctx) => ({
      active: await activeJobs({ ctx }),
      attention: await listJobs({
        ctx,
        filter: { status: ['failed', 'partial'], limit: ATTENTION },
      }),
      recent: await listJobs({
        ctx,
        filter: {
          status: query.status,
          search: query.q.slice(0, 200) || undefined,
          cursor: query.cursor ?? undefined,
          limit: RECENT,
        },
      }),
      counts: await countJobs({ ctx }),
      health: await sourcesHealth(ctx.db),
    })),
    may('job.submit'),
  ]);
  const { active, attention, recent, counts, health } = page;
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const isNew = total <= 1;
  return (
    <>
      <PageHeader
        title="Dashboard"
        summary={
          isNew
            ? 'Phial binds a molecule to the public evidence about it: it asks the public sources while you watch, and ends with a report in which every statement points to the exact place in a stored copy of its source.'
            : undefined
        }
        actions={canSubmit && <QuickSubmit />}
      />
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0">
          {total === 0 ? (
            <FirstVisit canSubmit={canSubmit} />
          ) : (
            <Dashboard
              active={active}
              attention={attention.jobs}
              hasMoreAttention={attention.nextCursor !== null}
              recent={recent.jobs}
              nextCursor={recent.nextCursor}
              counts={counts}
              query={query}
              names={Object.fromEntries(health.map(({ id, name }) => [id, name]))}
            />
          )}
        </div>
        <div>
          <Section title="Sources" actions={<TextLink href="/sources">Details</TextLink>}>
            {health.length > 0 ? (
              <HealthList sources={health} />
            ) : (
              <p className="text-sm text-ink-2">They are known once a worker has started.</p>
            )}
          </Section>
        </div>
      </div>
    </>
  );
}

/** The way to a new job: what is typed here stands in its form. */
function QuickSubmit() {
  return (
    <form action="/new" className="flex w-full items-end gap-2 sm:w-auto">
      <InputField
        label="Molecule"
        hideLabel
        name="text"
        required
        maxLength={2_000}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder="Name, SMILES or InChIKey"
        className="min-w-0 flex-1 sm:w-72"
      />
      <Button type="submit" look="primary">
        New job
      </Button>
    </form>
  );
}

function FirstVisit({ canSubmit }: { canSubmit: boolean }) {
  return (
    <EmptyState
      title="Nothing has been asked yet"
      actions={
        canSubmit && (
          <>
            <ButtonLink href="/new?text=metformin" look="primary">
              Begin with metformin
            </ButtonLink>
            <ButtonLink href="/new">Another molecule</ButtonLink>
          </>
        )
      }
    >
      {canSubmit
        ? 'Name a molecule, and Phial asks seven public sources about it.'
        : 'As soon as a researcher of this workspace submits a molecule, it shows here.'}
    </EmptyState>
  );
}
