import { Fragment } from 'react';
import { ExternalLink } from '@/components/ui/link';
import { Badge, type Tone } from '@/components/ui/status';
import type { Tone as ReportTone, Run, StyledRun } from '@/server/reports/render/view';

export const TONES: Record<ReportTone, Tone> = {
  plain: 'neutral',
  accent: 'accent',
  caution: 'caution',
  bad: 'bad',
};

/** Running text of a report. A marker names the place it leads to, for the reader beside the report. */
export function Runs({ runs }: { runs: readonly Run[] }) {
  return runs.map((run, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
    <Fragment key={index}>
      {typeof run === 'string' ? <Lines text={run} /> : <Styled run={run} />}
    </Fragment>
  ));
}

function Lines({ text }: { text: string }) {
  return text.split('\n').map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
    <Fragment key={index}>
      {index > 0 && <br />}
      {line}
    </Fragment>
  ));
}

function Styled({ run }: { run: StyledRun }) {
  if (run.badge) return <Badge tone={TONES[run.badge]}>{run.text}</Badge>;
  if (run.style === 'sup') {
    if (!run.to) return <span className="text-xs text-ink-2">{run.text}</span>;
    return (
      <a
        href={`#${run.to}`}
        data-place={run.to}
        role="doc-noteref"
        className="rounded-sm bg-accent-wash px-1 py-px text-xs whitespace-nowrap text-accent hover:bg-accent hover:text-on-accent"
      >
        {run.text}
      </a>
    );
  }
  const text = <Words run={run} />;
  if (run.href) return <ExternalLink href={run.href}>{text}</ExternalLink>;
  if (run.to) {
    return (
      <a href={`#${run.to}`} className="link">
        {text}
      </a>
    );
  }
  return text;
}

/** Source text may be of any script and direction; it must not reorder what stands around it. */
function Words({ run }: { run: StyledRun }) {
  const { text, style, title } = run;
  switch (style) {
    case 'strong':
      return <strong className="font-semibold [unicode-bidi:isolate]">{text}</strong>;
    case 'quiet':
      return <span className="text-sm text-ink-2">{text}</span>;
    case 'code':
      return (
        <code title={title} className="text-[0.9em] wrap-anywhere [unicode-bidi:isolate]">
          {text}
        </code>
      );
    default:
      return (
        <span title={title} className="[unicode-bidi:isolate]">
          {text}
        </span>
      );
  }
}
