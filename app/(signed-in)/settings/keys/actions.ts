'use server';

import { revalidatePath } from 'next/cache';
import { type FormState, forForm } from '@/app/form-state';
import { invalid } from '@/server/errors';
import { createKey, revokeKey } from '@/server/keys';
import { createKeyInput } from '@/server/keys/schema';

/** Makes a key; `values.key` of the answer is the only time it is shown. */
export async function create(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const days = String(form.get('days') ?? '');
    const input = createKeyInput.safeParse({
      name: String(form.get('name') ?? ''),
      scopes: form.getAll('scope').map(String),
      days: days === '' ? null : Number(days),
    });
    if (!input.success) throw invalid('INPUT_INVALID', input.error.issues[0]!.message);
    const { key } = await createKey({ ctx, input: input.data });
    revalidatePath('/settings/keys');
    return { message: null, reason: null, values: { key, keyName: input.data.name } };
  });
}

export async function revoke(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await revokeKey({ ctx, keyId: String(form.get('keyId')) });
    revalidatePath('/settings/keys');
    return undefined;
  });
}
