'use client';

import { LABEL_TONES } from '@/components/candidates/label-mark';
import { formatCount } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { Readout } from '@/components/ui/section';
import { toneText } from '@/components/ui/status';
import { Elapsed } from '@/components/ui/time';
import { isTerminal } from '@/server/jobs/schema';
import { useJob } from './job-context';
import { jobDuration, reportState, totals } from './words';

/** What came of the job, or has come so far. Each figure has its place from the beginning. */
export function JobResult() {
  const { job } = useJob();
  const { answered, sources, records, requests } = totals(job);
  const ended = isTerminal(job.status);
  const [report] = job.reports;
  return (
    <div className="grid grid-cols-2 gap-x-6 gap-y-5 lg:grid-cols-[2fr_1fr_1fr_1fr]">
      <div className="col-span-2 lg:col-span-1">
        <Readout
          label={report ? `Decision, report version ${report.version}` : 'Decision'}
          value={<Decision />}
          note={
            job.label && job.candidate ? (
              <>
                for <TextLink href={`/runs/${job.id}/candidates`}>{job.candidate}</TextLink>
              </>
            ) : report ? (
              <TextLink href={`/runs/${job.id}/report`}>Read the report</TextLink>
            ) : reportState(job) === 'none' ? (
              'This job ended without a report.'
            ) : ended ? (
              'The report is made; it follows in a moment.'
            ) : (
              'follows when the evidence is scored'
            )
          }
        />
      </div>
      <Readout
        label="Evidence"
        value={formatCount(ended ? job.evidenceCount : Math.max(records, job.evidenceCount))}
        note={ended ? 'records, duplicates joined' : 'records so far'}
      />
      <Readout
        label="Sources"
        value={`${formatCount(answered)} of ${formatCount(sources)}`}
        note="answered in full"
      />
      <Readout
        label="Time"
        value={
          jobDuration(job) ?? (job.startedAt && !ended ? <Elapsed since={job.startedAt} /> : '–')
        }
        note={`${formatCount(requests)} of ${formatCount(job.options.maxRequests)} requests`}
      />
    </div>
  );
}

function Decision() {
  const { job } = useJob();
  if (job.label) return <span className={toneText[LABEL_TONES[job.label]]}>{job.label}</span>;
  const state = reportState(job);
  if (state === 'there') return 'No label';
  return <span className="font-normal text-ink-3">{state === 'none' ? 'none' : 'not yet'}</span>;
}
