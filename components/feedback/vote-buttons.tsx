'use client';

import { Flag, ThumbsDown, ThumbsUp } from 'lucide-react';
import type { FormEvent } from 'react';
import { IconButton } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Badge } from '@/components/ui/status';
import { FLAG_WORDS } from '@/server/feedback/schema';
import { useFeedback } from './feedback-context';

/** Up, down and flag for one record; a plain form until scripts have loaded. */
export function VoteButtons({
  evidenceId,
  title,
  tabIndex,
}: {
  evidenceId: string;
  title: string;
  /** −1 in tables, whose keys do the same. */
  tabIndex?: -1;
}) {
  const feedback = useFeedback();
  if (!feedback) return null;
  const { flagged, accepted } = feedback.standing(evidenceId);
  return (
    <span className="flex flex-wrap items-center gap-x-1">
      {feedback.mayVote ? (
        <VoteForm {...{ evidenceId, title, tabIndex }} />
      ) : (
        <Totals evidenceId={evidenceId} />
      )}
      {accepted.map((reason) => (
        <Badge key={reason} tone="bad">
          {`review: ${FLAG_WORDS[reason]}`}
        </Badge>
      ))}
      {flagged.length > 0 && <Badge tone="caution">flagged</Badge>}
    </span>
  );
}

function VoteForm({
  evidenceId,
  title,
  tabIndex,
}: {
  evidenceId: string;
  title: string;
  tabIndex?: -1;
}) {
  const feedback = useFeedback()!;
  const { mine, flagged } = feedback.standing(evidenceId);
  const vote = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const pressed = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    feedback.cast(evidenceId, pressed?.dataset.direction === 'down' ? -1 : 1);
  };
  const button = (direction: 'up' | 'down') => {
    const value = direction === 'up' ? 1 : -1;
    const Icon = direction === 'up' ? ThumbsUp : ThumbsDown;
    return (
      <IconButton
        type="submit"
        name="value"
        value={mine === value ? 0 : value}
        data-direction={direction}
        size="sm"
        tabIndex={tabIndex}
        label={`Vote ${direction}: ${title}`}
        title={`Vote ${direction} (${direction === 'up' ? 'v' : 'x'})`}
        aria-pressed={mine === value}
        className={mine === value ? (value === 1 ? 'text-accent!' : 'text-bad!') : undefined}
      >
        <Icon aria-hidden className={cx('size-4', mine === value && 'fill-current')} />
      </IconButton>
    );
  };
  return (
    <form
      action={feedback.actions.vote as unknown as (form: FormData) => Promise<void>}
      onSubmit={vote}
      className="flex items-center"
    >
      <input type="hidden" name="jobId" value={feedback.jobId} />
      <input type="hidden" name="evidenceId" value={evidenceId} />
      {button('up')}
      <Totals evidenceId={evidenceId} />
      {button('down')}
      <a
        href={`/runs/${feedback.jobId}/flag?evidence=${evidenceId}`}
        tabIndex={tabIndex}
        aria-label={`Flag: ${title}`}
        title="Flag (f)"
        className="inline-flex min-h-7 w-7 items-center justify-center rounded-sm text-ink-2 hover:bg-wash hover:text-ink pointer-coarse:min-h-11 pointer-coarse:min-w-11 print:hidden"
        onClick={(event) => {
          event.preventDefault();
          feedback.openFlag(evidenceId);
        }}
      >
        <Flag aria-hidden className={cx('size-4', flagged.length > 0 && 'fill-current')} />
      </a>
    </form>
  );
}

/** Known to who has voted, and to who may not. */
function Totals({ evidenceId }: { evidenceId: string }) {
  const { totals } = useFeedback()!.standing(evidenceId);
  if (!totals) return null;
  const { up, down } = totals;
  return (
    <span className="px-1 text-sm whitespace-nowrap tabular-nums" title={`${up} up, ${down} down`}>
      <span aria-hidden>
        {up} : {down}
      </span>
      <span className="sr-only">{`${up} up, ${down} down`}</span>
    </span>
  );
}
