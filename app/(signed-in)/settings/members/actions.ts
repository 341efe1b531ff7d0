'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { type FormState, forForm } from '@/app/form-state';
import { currentGuest } from '@/server/auth/guest';
import type { Ctx } from '@/server/context';
import { readTyped } from '@/server/typed';
import * as invitations from '@/server/workspaces/invite';
import * as members from '@/server/workspaces/members';
import { roleSchema } from '@/server/workspaces/schema';

const text = (form: FormData, name: string) => String(form.get(name) ?? '');

const onMember = (form: FormData, verb: (ctx: Ctx, userId: string) => Promise<void>) =>
  forForm(form, async (ctx) => {
    await verb(ctx, text(form, 'userId'));
    revalidatePath('/settings/members');
    return undefined;
  });

export async function changeRole(_before: FormState | null, form: FormData): Promise<FormState> {
  return onMember(form, (ctx, userId) =>
    members.changeRole({ ctx, userId, role: readTyped(roleSchema, text(form, 'role')) }),
  );
}

export async function remove(_before: FormState | null, form: FormData): Promise<FormState> {
  return onMember(form, (ctx, userId) => members.removeMember({ ctx, userId }));
}

export async function handOver(_before: FormState | null, form: FormData): Promise<FormState> {
  return onMember(form, (ctx, userId) => members.handOver({ ctx, userId }));
}

/** Leads to another workspace of the person's, or to the sign-in page when there is none. */
export async function leave(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await members.leaveWorkspace({ ctx });
    revalidatePath('/', 'layout');
    redirect('/');
  });
}

/** Answers with the link, which cannot be read again, unless it was mailed. */
export async function invite(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const email = text(form, 'email').trim() || null;
    const input = { role: text(form, 'role'), email };
    const { link } = await invitations.invite({ ctx, guest: await currentGuest(), input });
    revalidatePath('/settings/members');
    return { message: null, reason: null, values: { email: email ?? '', link: link ?? '' } };
  });
}

export async function withdraw(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await invitations.revokeInvitation({ ctx, invitationId: text(form, 'invitationId') });
    revalidatePath('/settings/members');
    return undefined;
  });
}
