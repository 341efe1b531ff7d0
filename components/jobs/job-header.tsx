'use client';

import { Download, RotateCw, Share2 } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { TextLink } from '@/components/ui/link';
import { Menu, MenuHeading, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { PageHeader } from '@/components/ui/section';
import { StatusMark } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import { TabLinks } from '@/components/ui/tabs';
import { Elapsed, Time } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import { useFormAction } from '@/components/ui/use-form-action';
import { useKeptFocus } from '@/components/ui/use-kept-focus';
import { gatherSource, isLacking, isTerminal } from '@/server/jobs/schema';
import { useJob } from './job-context';
import { JobMarks } from './job-marks';
import { fileLabel, fileNames, fileUrl } from './report-files';
import { isInputUnusable, JOB_LOOK, jobDuration, jobName, totals } from './words';

/** The head of a job's pages: what it is about, how it stands, what can be done, and its parts. */
export function JobHeader() {
  const { job } = useJob();
  const { state, word } = JOB_LOOK[job.status];
  const { records } = totals(job);
  const base = `/runs/${job.id}`;
  return (
    <>
      <PageHeader
        trail={<TextLink href="/">Dashboard</TextLink>}
        title={jobName(job)}
        status={
          <span className="inline-flex flex-wrap items-center gap-2">
            <StatusMark state={state}>{word}</StatusMark>
            <JobMarks job={job} />
          </span>
        }
        summary={<Summary />}
        actions={
          <>
            <JobControls />
            <ShareButton />
            <ExportMenu />
          </>
        }
      />
      <TabLinks
        label="Parts of this job"
        items={[
          { href: base, label: 'Overview' },
          {
            href: `${base}/evidence`,
            label: 'Evidence',
            count: isTerminal(job.status)
              ? job.evidenceCount
              : Math.max(records, job.evidenceCount),
          },
          { href: `${base}/candidates`, label: 'Candidates' },
          { href: `${base}/report`, label: 'Report' },
        ]}
      />
    </>
  );
}

function Summary() {
  const { job } = useJob();
  switch (job.status) {
    case 'pending':
      return (
        <>
          Submitted <Time at={job.createdAt} />. It starts when a worker is free and fewer than the
          workspace’s share of jobs run.
        </>
      );
    case 'needs-input':
      return 'Nothing is asked of the sources until it is clear which compound is meant.';
    case 'running':
      return (
        <>
          {job.finishRequested ? 'Finishing with what there is' : 'Under way'} for{' '}
          {job.startedAt && <Elapsed since={job.startedAt} />}. You can leave this page; the job
          goes on.
        </>
      );
    default: {
      const took = jobDuration(job);
      return (
        <>
          {job.message && <>{job.message} </>}
          Ended <Time at={job.finishedAt} />
          {took && <> after {took}</>}.
        </>
      );
    }
  }
}

/** Each control is a form of its own and works before any script has loaded. */
function JobControls() {
  const { job, actions, mayControl } = useJob();
  const [cancelled, cancel] = useFormAction(actions.cancel, 'The job is cancelled');
  const [finished, finish] = useFormAction(actions.finish, 'Finishing with what there is');
  const [retried, retry] = useFormAction(actions.retry, 'Running again what is missing');
  const kept = useKeptFocus<HTMLFieldSetElement>();
  if (!mayControl) return null;
  const ended = isTerminal(job.status);
  const unusable = isInputUnusable(job);
  const gathers = job.steps.some(
    (s) => gatherSource(s.key) && (s.status === 'pending' || s.status === 'running'),
  );
  const canFinish = job.status === 'running' && job.subject && gathers && !job.finishRequested;
  const message = [cancelled, finished, retried].find((state) => state?.message)?.message;
  return (
    <fieldset
      aria-label="What can be done with this job"
      className="flex flex-wrap items-center gap-2"
      {...kept}
    >
      {message && (
        <p role="alert" className="w-full max-w-sm text-sm text-bad">
          {message}
        </p>
      )}
      {canFinish && (
        <JobForm action={finish}>
          <SubmitButton look="plain" pendingLabel="Finishing">
            Finish now
          </SubmitButton>
        </JobForm>
      )}
      {!ended && (
        <JobForm action={cancel}>
          <SubmitButton look="danger" pendingLabel="Cancelling">
            Cancel
          </SubmitButton>
        </JobForm>
      )}
      {ended && !unusable && job.steps.some(isLacking) && (
        <JobForm action={retry}>
          <SubmitButton look="primary" pendingLabel="Starting">
            <RotateCw aria-hidden className="size-4" />
            Retry what is missing
          </SubmitButton>
        </JobForm>
      )}
      {ended && (
        <ButtonLink look={unusable ? 'primary' : 'plain'} href={`/new?from=${job.id}`}>
          {unusable ? 'Correct it and submit again' : 'Submit again'}
        </ButtonLink>
      )}
    </fieldset>
  );
}

/** A form about this job, and about one of its steps if given. */
export function JobForm({
  action,
  step,
  children,
}: {
  action: (form: FormData) => void;
  step?: string;
  children: ReactNode;
}) {
  const { job } = useJob();
  return (
    <form action={action}>
      <input type="hidden" name="jobId" value={job.id} />
      {step && <input type="hidden" name="step" value={step} />}
      {children}
    </form>
  );
}

function ShareButton() {
  const { job } = useJob();
  const toast = useToast();
  const share = async () => {
    const address = new URL(`/runs/${job.id}`, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      toast({ title: 'Link copied', description: 'Members of this workspace can open it.' });
    } catch {
      // The clipboard needs https or localhost.
      toast({ title: 'Copying was refused', description: address, tone: 'bad' });
    }
  };
  return (
    <Button look="quiet" onClick={share}>
      <Share2 aria-hidden className="size-4" />
      Copy link
    </Button>
  );
}

/** The files of the report that is shown; of the latest, where none is. */
function ExportMenu() {
  const { job } = useJob();
  const version = useSearchParams().get('version');
  const shown = job.reports.find((report) => String(report.version) === version) ?? job.reports[0];
  if (!shown) return null;
  return (
    <Menu label="Export" icon={<Download aria-hidden className="size-4" />}>
      <MenuHeading>
        Report version {shown.version}, {shown.reportHash.slice(0, 12)}
      </MenuHeading>
      {fileNames(shown.files).map((name) => (
        <MenuItem key={name} href={fileUrl(job.id, name, shown.version)} download note={name}>
          {fileLabel(name)}
        </MenuItem>
      ))}
      {job.reports.length > 1 && (
        <>
          <MenuSeparator />
          <MenuItem href={`/runs/${job.id}#versions`}>Earlier versions</MenuItem>
        </>
      )}
    </Menu>
  );
}
