'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { InputField } from '@/components/ui/field';
import { TextLink } from '@/components/ui/link';
import { Panel } from '@/components/ui/section';
import { Callout } from '@/components/ui/states';
import { Badge } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { FormAction } from '@/components/ui/use-form-action';
import type { SourceId } from '@/server/evidence/schema';
import type { FlagView } from '@/server/feedback';
import { FLAG_WORDS } from '@/server/feedback/schema';
import { SOURCE_NAMES } from '@/server/reports/csl';

/** One flag: what was said of which record, what was decided, and the decision to take. */
export function FlagCard({ flag, decide }: { flag: FlagView; decide: FormAction | null }) {
  const record = `/runs/${flag.jobId}/evidence?record=${flag.evidenceId}`;
  const source = SOURCE_NAMES[flag.source as SourceId] ?? flag.source;
  return (
    <Panel>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Badge tone="caution">{FLAG_WORDS[flag.reason]}</Badge>
        {flag.title === null ? (
          <span>
            A record that the job for{' '}
            <TextLink href={`/runs/${flag.jobId}`}>{flag.jobInput}</TextLink> no longer finds
          </span>
        ) : (
          <>
            <TextLink href={record}>{flag.title}</TextLink>
            <span className="text-sm text-ink-2">
              {source} <span className="font-mono">{flag.externalId}</span>, found for{' '}
              {flag.jobInput}
            </span>
          </>
        )}
      </p>
      {flag.comment && <p className="mt-2 max-w-measure whitespace-pre-wrap">{flag.comment}</p>}
      <p className="mt-2 text-sm text-ink-2">
        Flagged by {flag.flaggedBy}, <Time at={flag.createdAt} />
      </p>
      {flag.decisions.length > 0 && (
        <ol aria-label="Decisions" className="mt-2 space-y-0.5 text-sm text-ink-2">
          {flag.decisions.map((decision) => (
            <li key={decision.at.getTime()}>
              {decision.status === 'open' ? 'Opened again' : capital(decision.status)} by{' '}
              {decision.by}, <Time at={decision.at} />
              {decision.note && <>: {decision.note}</>}
            </li>
          ))}
        </ol>
      )}
      {decide && <DecisionForm flag={flag} decide={decide} />}
    </Panel>
  );
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function DecisionForm({ flag, decide }: { flag: FlagView; decide: FormAction }) {
  const [state, submit, isPending] = useActionState(decide, null);
  const button = (status: FlagView['status'], words: string) => (
    <Button type="submit" name="status" value={status} size="sm" disabled={isPending}>
      {words}
    </Button>
  );
  return (
    <form action={submit} className="mt-3 flex flex-wrap items-end gap-2">
      {state?.message && <Callout tone="bad" title={state.message} />}
      <input type="hidden" name="flagId" value={flag.id} />
      <InputField
        label="Note"
        name="note"
        maxLength={2_000}
        className="w-full max-w-sm"
        defaultValue={state?.message ? state.values.note : undefined}
      />
      {flag.status === 'open' ? (
        <>
          {button('accepted', 'Accept')}
          {button('rejected', 'Reject')}
        </>
      ) : (
        button('open', 'Open again')
      )}
    </form>
  );
}
