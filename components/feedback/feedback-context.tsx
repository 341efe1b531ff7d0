'use client';

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useToast } from '@/components/ui/toast';
import type { FormAction, FormState } from '@/components/ui/use-form-action';
import { type FlagReason, type Standing, UNVOTED } from '@/server/feedback/schema';
import { FlagDialog } from './flag-dialog';
import { withVote } from './standing';

export interface FeedbackActions {
  vote: (form: FormData) => Promise<FormState>;
  flag: FormAction;
  withdraw: FormAction;
}

interface Feedback {
  jobId: string;
  /** Those who may not vote see the sums alone. */
  mayVote: boolean;
  actions: FeedbackActions;
  standing(evidenceId: string): Standing;
  /** Votes so, or takes the vote back when it stands so already. */
  cast(evidenceId: string, value: 1 | -1): void;
  /** Asks for the reason. */
  openFlag(evidenceId: string): void;
}

const FeedbackContext = createContext<Feedback | null>(null);

/** Votes and flags on the records of a job: shown at once, taken back when the server refuses. */
export function FeedbackProvider({
  jobId,
  initial,
  mayVote,
  actions,
  children,
}: {
  jobId: string;
  initial: Readonly<Record<string, Standing>>;
  mayVote: boolean;
  actions: FeedbackActions;
  children: ReactNode;
}) {
  const toast = useToast();
  const [standings, setStandings] = useState(initial);
  const [flagging, setFlagging] = useState<string | null>(null);
  const change = useCallback(
    (id: string, by: (before: Standing) => Standing) =>
      setStandings((all) => ({ ...all, [id]: by(all[id] ?? UNVOTED) })),
    [],
  );
  const send = useCallback(
    async (action: FeedbackActions['vote'], evidenceId: string, fields: Record<string, string>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ jobId, evidenceId, ...fields })) {
        form.set(name, value);
      }
      const answer = await action(form).catch(() => null);
      const message = answer ? answer.message : 'Phial cannot be reached. Nothing was changed.';
      if (message) toast({ title: message, tone: 'bad' });
      return message ? null : answer;
    },
    [jobId, toast],
  );

  const put = useCallback(
    async (evidenceId: string, value: Standing['mine'], before: Standing) => {
      change(evidenceId, (now) => withVote(now, value));
      const answer = await send(actions.vote, evidenceId, { value: String(value ?? 0) });
      if (!answer) return change(evidenceId, () => before);
      const told = answer.values.standing;
      if (told) change(evidenceId, (now) => ({ ...now, ...(JSON.parse(told) as Standing) }));
    },
    [actions, change, send],
  );
  const feedback = useMemo((): Feedback => {
    const standing = (id: string) => standings[id] ?? UNVOTED;
    return {
      jobId,
      mayVote,
      actions,
      standing,
      cast(id, value) {
        const before = standing(id);
        const next = before.mine === value ? null : value;
        void put(id, next, before);
        toast({
          title: next === null ? 'Vote taken back' : next === 1 ? 'Voted up' : 'Voted down',
          undo: () => void put(id, before.mine, withVote(before, next)),
        });
      },
      openFlag: setFlagging,
    };
  }, [jobId, mayVote, actions, standings, put, toast]);

  const raise = async (evidenceId: string, reason: FlagReason, comment: string) => {
    setFlagging(null);
    const drop = (list: FlagReason[]) => list.filter((one) => one !== reason);
    change(evidenceId, (now) => ({ ...now, flagged: [...drop(now.flagged), reason] }));
    const takeOut = () => change(evidenceId, (now) => ({ ...now, flagged: drop(now.flagged) }));
    const answer = await send((form) => actions.flag(null, form), evidenceId, { reason, comment });
    if (!answer) return takeOut();
    toast({
      title: 'Flagged for review',
      undo: () => {
        takeOut();
        void send((form) => actions.withdraw(null, form), evidenceId, {
          flagId: answer.values.flagId ?? '',
        });
      },
    });
  };

  return (
    <FeedbackContext value={feedback}>
      {children}
      <FlagDialog evidenceId={flagging} onClose={() => setFlagging(null)} onFlag={raise} />
    </FeedbackContext>
  );
}

/** Null where records are shown that nobody can speak about. */
export const useFeedback = (): Feedback | null => useContext(FeedbackContext);
