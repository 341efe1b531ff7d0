'use client';

import { History } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useJob } from '@/components/jobs/job-context';
import { Identifier } from '@/components/ui/copy';
import { formatCountOf } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { Menu, MenuItem } from '@/components/ui/menu';
import { Callout } from '@/components/ui/states';
import { Badge, StatusMark } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { isTerminal } from '@/server/jobs/schema';

/** Which report this is, how far it was checked, and what has happened since. */
export function ReportHead({
  version,
  verified,
  dropped,
  isDemo,
  appVersion,
}: {
  version: number;
  verified: number;
  dropped: number;
  isDemo: boolean;
  appVersion: string;
}) {
  const { job } = useJob();
  const shown = job.reports.find((report) => report.version === version);
  if (!shown) return null;
  const [latest] = job.reports;
  return (
    <div className="mb-8 space-y-4">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 text-sm">
        {verified > 0 ? (
          <StatusMark state="done">
            <span className="whitespace-normal">
              Every one of {formatCountOf(verified, 'statement')} was checked against its stored
              copy; {dropped === 0 ? 'none was' : formatCountOf(dropped, 'was', 'were')} left out
            </span>
          </StatusMark>
        ) : (
          <span className="text-ink-2">
            No statement is made{dropped > 0 && `; ${dropped} did not pass and were left out`}.
          </span>
        )}
        {isDemo && <Badge tone="caution">Demo</Badge>}
        <span className="flex flex-wrap items-center gap-x-2 text-ink-2 lg:ml-auto">
          <Versions version={version} />
          <span>
            made <Time at={shown.createdAt} /> by Phial {appVersion}
          </span>
        </span>
      </div>
      <p className="text-xs text-ink-2">
        Report SHA-256 <Identifier value={shown.reportHash} label="report hash" />
      </p>
      {latest && latest.version > version && (
        <Callout
          tone="caution"
          title={`An earlier version: the latest is version ${latest.version}`}
          actions={<TextLink href={`/runs/${job.id}/report`}>Read the latest</TextLink>}
        />
      )}
      {!isTerminal(job.status) && (
        <Callout tone="accent" title="The job runs again">
          This report stays as it is; a new version follows.
        </Callout>
      )}
    </div>
  );
}

function Versions({ version }: { version: number }) {
  const { job } = useJob();
  if (job.reports.length < 2) return <span>Version {version},</span>;
  return (
    <Menu
      size="sm"
      label={`Version ${version} of ${job.reports.length}`}
      icon={<History aria-hidden className="size-4" />}
      align="start"
    >
      {job.reports.map((report) => (
        <MenuItem
          key={report.id}
          href={`/runs/${job.id}/report?version=${report.version}`}
          note={
            <>
              <Time at={report.createdAt} /> · {report.reportHash.slice(0, 12)}
            </>
          }
        >
          Version {report.version}
          {report.version === version && ' (shown)'}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** Asks for the page again once the job has a report. */
export function useReportArrival(had: number): void {
  const { job } = useJob();
  const router = useRouter();
  const has = job.reports.length;
  useEffect(() => {
    if (has > had) router.refresh();
  }, [has, had, router]);
}
