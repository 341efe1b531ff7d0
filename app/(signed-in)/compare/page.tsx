import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { forPage } from '@/app/page-context';
import { Chooser } from '@/components/compare/chooser';
import { CompareTable } from '@/components/compare/compare-table';
import { compareSections } from '@/components/compare/rows';
import { ButtonLink } from '@/components/ui/button';
import { TextLink } from '@/components/ui/link';
import { Menu, MenuItem } from '@/components/ui/menu';
import { PageHeader } from '@/components/ui/section';
import { Callout, EmptyState } from '@/components/ui/states';
import { listMolecules, type MoleculeSummary } from '@/server/jobs/queries';
import { compareJobs, type NotCompared } from '@/server/reports/compare';
import { COMPARED } from '@/server/reports/compare-align';
import { compareHref, loadQuery } from './address';

export const metadata: Metadata = { title: 'Compare' };

export default async function ComparePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { jobs, add, show } = await loadQuery(searchParams);
  const asked = [...new Set(jobs.filter(Boolean))];
  if (add) redirect(compareHref([...asked, add]));
  const [{ molecules, missing }, library] = await Promise.all([
    forPage((ctx) => compareJobs({ ctx, jobIds: asked })),
    forPage((ctx) => listMolecules({ ctx })),
  ]);
  const chosen = molecules.map(({ jobId }) => jobId);
  const others = library.filter((known) => canAdd(known, molecules));
  const withReport = molecules.length + others.length;
  const room = molecules.length < COMPARED.max;
  return (
    <>
      <PageHeader
        title="Compare"
        trail={<TextLink href="/molecules">Molecules</TextLink>}
        summary="The latest reports of two to four molecules side by side, line for line."
        actions={
          molecules.length > 0 && (
            <Menu label="Export" icon={<Download aria-hidden className="size-4" />}>
              <MenuItem
                href={compareHref(chosen, '/compare/comparison.csv')}
                download
                note="every line, all indications"
              >
                Comparison as a table (CSV)
              </MenuItem>
            </Menu>
          )
        }
      />
      <div className="space-y-3 not-empty:mb-5">
        {missing.map((one) => (
          <Missing key={one.jobId} missing={one} />
        ))}
        {asked.length > COMPARED.max && (
          <Callout tone="caution" title={`At most ${COMPARED.max} molecules fit side by side`}>
            The first {COMPARED.max} of the {asked.length} asked for are shown.
          </Callout>
        )}
        {molecules.length === 1 && (
          <Callout title="One molecule alone: add another to compare it with" />
        )}
        {molecules.length > 0 && room && others.length > 0 && (
          <Chooser molecules={others} chosen={chosen} />
        )}
      </div>
      {molecules.length > 0 ? (
        <CompareTable
          molecules={molecules}
          sections={compareSections(molecules, show === 'all')}
          removeHrefs={chosen.map((id) => compareHref(chosen.filter((other) => other !== id)))}
          allHref={`${compareHref(chosen)}&show=all`}
        />
      ) : withReport >= COMPARED.min ? (
        <EmptyState title="Choose two to four molecules">
          <div className="mt-4 text-ink">
            <Chooser molecules={others} chosen={[]} />
          </div>
        </EmptyState>
      ) : (
        <EmptyState
          title="There is nothing to compare yet"
          actions={
            <ButtonLink href="/new" look="primary">
              Ask about a molecule
            </ButtonLink>
          }
        >
          {withReport === 1
            ? 'One molecule has a report; a comparison needs two.'
            : 'A comparison needs the reports of two molecules.'}
        </EmptyState>
      )}
    </>
  );
}

function Missing({ missing: { jobId, name, why } }: { missing: NotCompared }) {
  return why === 'no-report' ? (
    <Callout tone="caution" title={`${name} has no report yet`}>
      <TextLink href={`/runs/${jobId}`}>See how its job stands</TextLink>.
    </Callout>
  ) : (
    <Callout tone="caution" title="One of the jobs asked for was not found">
      There is no job {jobId.slice(0, 40)} in this workspace.
    </Callout>
  );
}

/** Another molecule than those shown, whose latest job has ended with a report. */
function canAdd(
  { lastStatus, inchiKey, name, lastJobId }: MoleculeSummary,
  shown: Awaited<ReturnType<typeof compareJobs>>['molecules'],
): boolean {
  const hasReport = lastStatus === 'completed' || lastStatus === 'partial';
  return (
    hasReport &&
    shown.every(
      ({ jobId, subject }) =>
        jobId !== lastJobId &&
        (inchiKey === null ? subject.name !== name : subject.inchiKey !== inchiKey),
    )
  );
}
