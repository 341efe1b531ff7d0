'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { type FormState, forForm } from '@/app/form-state';
import { createWorkspace, renameWorkspace, switchWorkspace } from '@/server/workspaces/workspace';

const text = (form: FormData, name: string) => String(form.get(name) ?? '');

/** Everything on the screen belongs to a workspace: the way on is the dashboard of the other. */
export async function switchTo(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await switchWorkspace({ ctx, workspaceId: text(form, 'workspaceId') });
    revalidatePath('/', 'layout');
    redirect('/');
  });
}

export async function create(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await createWorkspace({ ctx, name: text(form, 'name') });
    revalidatePath('/', 'layout');
    redirect('/');
  });
}

export async function rename(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await renameWorkspace({ ctx, name: text(form, 'name') });
    revalidatePath('/', 'layout');
    return undefined;
  });
}
