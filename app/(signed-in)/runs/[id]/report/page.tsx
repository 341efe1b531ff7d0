import type { Metadata } from 'next';
import { forPage } from '@/app/page-context';
import { CitationReader } from '@/components/reports/citation-reader';
import { Contents } from '@/components/reports/contents';
import { NoReport } from '@/components/reports/no-report';
import { ReportBody } from '@/components/reports/report-body';
import { ReportHead } from '@/components/reports/report-head';
import { TextLink } from '@/components/ui/link';
import { EmptyState } from '@/components/ui/states';
import { readReportPage } from '@/server/reports/read';
import { loadJob } from '../load-job';

export const metadata: Metadata = { title: 'Report' };

export default async function ReportPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ version?: string }>;
}) {
  const [{ id }, { version: asked }] = await Promise.all([params, searchParams]);
  const { reports } = await loadJob(id);
  const [latest] = reports;
  if (!latest) return <NoReport />;
  const shown = asked === undefined ? latest : reports.find((r) => String(r.version) === asked);
  if (!shown) {
    return (
      <EmptyState title={`There is no version ${asked}`}>
        This job has {reports.length === 1 ? 'one version' : `${reports.length} versions`} of its
        report. <TextLink href={`/runs/${id}/report`}>Read the latest</TextLink>.
      </EmptyState>
    );
  }
  const { version } = shown;
  const { view, verified, dropped } = await forPage((ctx) =>
    readReportPage({ ctx, jobId: id, version }),
  );
  const { isDemo, appVersion, blocks } = view;
  return (
    <>
      <ReportHead {...{ version, verified, dropped, isDemo, appVersion }} />
      <div className="lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-x-10">
        <div className="max-lg:mb-8">
          <Contents
            items={blocks.map(({ anchor, number, title }) => ({ anchor, number, title }))}
          />
        </div>
        <CitationReader key={version} jobId={id} version={version}>
          <ReportBody jobId={id} view={view} />
        </CitationReader>
      </div>
    </>
  );
}
