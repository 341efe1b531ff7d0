'use server';

import { redirect } from 'next/navigation';
import { type FormState, forForm } from '@/app/form-state';
import { flag, vote, withdrawFlag } from '@/server/feedback';
import { flagInput, voteInput } from '@/server/feedback/schema';

const about = (form: FormData) => ({
  jobId: form.get('jobId'),
  evidenceId: form.get('evidenceId'),
});

/**
 * `value` is 1, −1, or 0 to take the vote back. Answers how the record stands then. Takes no state before:
 * React sends a form that has one apart from its row, and only a script would bring them together.
 */
export async function castVote(form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const value = Number(form.get('value')) || null;
    const standing = await vote({ ctx, input: voteInput.parse({ ...about(form), value }) });
    return { message: null, reason: null, values: { standing: JSON.stringify(standing) } };
  });
}

export async function raiseFlag(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const { reason, comment } = Object.fromEntries(form);
    const input = flagInput.parse({ ...about(form), reason, comment });
    const { flagId } = await flag({ ctx, input });
    if (form.get('return')) redirect(`/runs/${input.jobId}/evidence?record=${input.evidenceId}`);
    return { message: null, reason: null, values: { flagId } };
  });
}

export async function takeFlagBack(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await withdrawFlag({ ctx, flagId: String(form.get('flagId')) });
    return undefined;
  });
}
