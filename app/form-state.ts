/** What a form's server action answers; the same with and without scripts in the browser. */
import { redirect } from 'next/navigation';
import type { FormState } from '@/components/ui/use-form-action';
import { signedIn } from '@/server/auth/context';
import { currentGuest, type Guest } from '@/server/auth/guest';
import type { Ctx } from '@/server/context';
import { DomainError } from '@/server/errors';
import { counted, spend } from '@/server/limits/spend';
import type { LimitName } from '@/server/limits/table';
import { web } from '@/server/web';

export type { FormState };

/** Runs an action's verb; errors people can act on come back with what they typed. */
export async function forForm(
  form: FormData,
  work: (ctx: Ctx) => Promise<FormState | undefined>,
  limit: LimitName = 'writes',
): Promise<FormState> {
  const known = await signedIn();
  if (!known) redirect('/sign-in');
  return answered(form, known.ctx.requestId, async () => {
    await spend({ limiter: web().limiter, limit, who: counted(known.ctx.actor, null) });
    return work(known.ctx);
  });
}

/** The same for whoever has not signed in. */
export async function forGuest(
  form: FormData,
  work: (guest: Guest) => Promise<FormState | undefined>,
): Promise<FormState> {
  const guest = await currentGuest();
  return answered(form, guest.requestId, async () => {
    const who = counted(null, guest.from.address);
    await spend({ limiter: web().limiter, limit: 'writes', who });
    return work(guest);
  });
}

async function answered(
  form: FormData,
  requestId: string,
  work: () => Promise<FormState | undefined>,
): Promise<FormState> {
  const values = typed(form);
  try {
    return (await work()) ?? { message: null, reason: null, values };
  } catch (error) {
    if (error instanceof DomainError) {
      return { message: error.userMessage, reason: error.reason, values };
    }
    if (isRedirect(error)) throw error;
    web().log.error({ err: error, requestId }, 'action failed');
    const message = `Something went wrong (${requestId}). Nothing you typed is lost; try again.`;
    return { message, reason: 'UNEXPECTED', values };
  }
}

/** Passwords are typed again rather than sent back in a page. */
const typed = (form: FormData): Record<string, string> =>
  Object.fromEntries(
    [...form.keys()]
      .filter((name) => !name.startsWith('$') && !/password|token/i.test(name))
      .map((name) => [name, form.getAll(name).map(String).join(' ')]),
  );

/** Next's redirects travel as errors and must pass. */
const isRedirect = (error: unknown) =>
  typeof (error as { digest?: unknown }).digest === 'string' &&
  (error as { digest: string }).digest.startsWith('NEXT_');
