/** The one way pages reach verbs: signed in or sent to sign in, not found or forbidden told apart. */
import { cookies } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { type SignedIn, signedIn } from '@/server/auth/context';
import type { Ctx } from '@/server/context';
import { DomainError } from '@/server/errors';

/** Who asks; sends to the sign-in page when nobody is signed in. */
export async function requireSession(): Promise<SignedIn> {
  const known = await signedIn(await cookies());
  if (!known) redirect('/sign-in');
  return known;
}

/** Calls verbs for a page. What is not found becomes the not-found page. */
export async function forPage<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const { ctx } = await requireSession();
  try {
    return await work(ctx);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND') notFound();
    throw error;
  }
}
