/** What a form's server action answers; the same with and without scripts in the browser. */
import { redirect } from 'next/navigation';
import type { FormState } from '@/components/ui/use-form-action';
import { signedIn } from '@/server/auth/context';
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
  const values = Object.fromEntries(
    [...form.keys()]
      .filter((name) => !name.startsWith('$'))
      .map((name) => [name, form.getAll(name).map(String).join(' ')]),
  );
  const known = await signedIn();
  if (!known) redirect('/sign-in');
  try {
    const who = counted(known.ctx.actor, null);
    await spend({ limiter: web().limiter, limit, who });
    return (await work(known.ctx)) ?? { message: null, reason: null, values };
  } catch (error) {
    if (error instanceof DomainError) {
      return { message: error.userMessage, reason: error.reason, values };
    }
    if (isRedirect(error)) throw error;
    web().log.error({ err: error, requestId: known.ctx.requestId }, 'action failed');
    const message = `Something went wrong (${known.ctx.requestId}). Nothing you typed is lost; try again.`;
    return { message, reason: 'UNEXPECTED', values };
  }
}

/** Next's redirects travel as errors and must pass. */
const isRedirect = (error: unknown) =>
  typeof (error as { digest?: unknown }).digest === 'string' &&
  (error as { digest: string }).digest.startsWith('NEXT_');
