'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { type FormState, forForm } from '@/app/form-state';
import { ask, askAgain, stopAnswer } from '@/server/asking';
import { invalid } from '@/server/errors';

/** Asks what the form holds and leads to the conversation. */
export async function askQuestion(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const chosen = form.getAll('paper').map(String);
    const isSelection = form.get('scope') === 'selection';
    if (isSelection && chosen.length === 0) {
      throw invalid('PAPERS_NONE', 'Tick at least one paper, or ask all of them.');
    }
    const conversationId = form.get('conversationId');
    const asked = await ask({
      ctx,
      input: {
        text: String(form.get('text') ?? ''),
        conversationId: conversationId ? String(conversationId) : null,
        paperIds: isSelection ? chosen : null,
      },
    });
    if (!conversationId) redirect(`/ask/${asked.conversationId}`);
    revalidatePath(`/ask/${asked.conversationId}`);
    return undefined;
  });
}

export async function stop(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await stopAnswer({ ctx, answerId: String(form.get('answerId')) });
    revalidatePath('/ask/[id]', 'page');
    return undefined;
  });
}

export async function again(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await askAgain({ ctx, answerId: String(form.get('answerId')) });
    revalidatePath('/ask/[id]', 'page');
    return undefined;
  });
}
