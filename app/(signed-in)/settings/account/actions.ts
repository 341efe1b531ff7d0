'use server';

import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { type FormState, forForm } from '@/app/form-state';
import { parseTheme, preferenceCookie, themeCookie } from '@/components/ui/preferences';
import * as account from '@/server/auth/account';
import { askForConfirmation } from '@/server/auth/confirm-email';
import { currentGuest } from '@/server/auth/guest';
import { issueLoginToken } from '@/server/auth/login-token';
import { web } from '@/server/web';

const text = (form: FormData, name: string) => String(form.get(name) ?? '');

export async function rename(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await account.renameAccount({ ctx, name: text(form, 'name') });
    revalidatePath('/', 'layout');
    return undefined;
  });
}

export async function askToConfirm(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await askForConfirmation({ ctx, guest: await currentGuest(), email: text(form, 'email') });
    return undefined;
  });
}

export async function changePassword(
  _before: FormState | null,
  form: FormData,
): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const input = { present: text(form, 'presentPassword'), next: text(form, 'newPassword') };
    await account.changePassword({ ctx, guard: web().signInGuard, input });
    revalidatePath('/settings/account');
    return undefined;
  });
}

export async function endSession(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await account.endSession({ ctx, sessionId: text(form, 'sessionId') });
    revalidatePath('/settings/account');
    return undefined;
  });
}

export async function endOtherSessions(
  _before: FormState | null,
  form: FormData,
): Promise<FormState> {
  return forForm(form, async (ctx) => {
    await account.endOtherSessions({ ctx });
    revalidatePath('/settings/account');
    return undefined;
  });
}

/** Readable by scripts, which change it too. */
export async function chooseTheme(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async () => {
    const theme = parseTheme(text(form, 'theme'));
    (await cookies()).set({ name: themeCookie, value: theme, ...preferenceCookie });
    revalidatePath('/', 'layout');
    return undefined;
  });
}

/** The token is answered once and cannot be read again. */
export async function makeProgramToken(
  _before: FormState | null,
  form: FormData,
): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const token = await issueLoginToken({ ctx });
    return { message: null, reason: null, values: { token } };
  });
}
