'use server';

import { revalidatePath } from 'next/cache';
import { type FormState, forForm } from '@/app/form-state';
import { decideFlag } from '@/server/feedback';
import { decisionInput } from '@/server/feedback/schema';

/** Accepts or rejects a flag, or opens it again. */
export async function decide(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const { flagId, status, note } = Object.fromEntries(form);
    await decideFlag({ ctx, input: decisionInput.parse({ flagId, status, note }) });
    revalidatePath('/review');
    return undefined;
  });
}
