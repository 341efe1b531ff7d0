/** The one way pages reach verbs: signed in or sent to sign in, not found or forbidden told apart. */
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { type SignedIn, signedIn } from '@/server/auth/context';
import { type Ctx, PERMISSIONS, type Permission } from '@/server/context';
import { DomainError } from '@/server/errors';

/** Who asks, looked up once a request; null when nobody is signed in. */
export const currentSession = cache(async () => signedIn());

/** Who asks; sends to the sign-in page when nobody is signed in. */
export async function requireSession(): Promise<SignedIn> {
  const known = await currentSession();
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

/** May the person who asks do this? Screens leave out what the verb would refuse. */
export async function may(permission: Permission): Promise<boolean> {
  const { session } = await requireSession();
  return (PERMISSIONS[permission] as readonly string[]).includes(session.role);
}
