'use server';

import { revalidatePath } from 'next/cache';
import { type FormState, forForm } from '@/app/form-state';
import { authorise } from '@/server/context';
import { web } from '@/server/web';

/** Makes void what is kept for this workspace. */
export async function forget(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    authorise(ctx, 'operation.manage');
    await web().cache.invalidate({ workspaceId: ctx.actor.workspaceId });
    revalidatePath('/settings/cache');
    return undefined;
  });
}
