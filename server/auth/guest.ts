/** Someone who has not signed in, and what the way in needs. */
import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import type { Database } from '@/db/client';
import type { RequestOrigin } from '@/server/context';
import type { Logger } from '@/server/log';
import type { Mailer } from '@/server/mail';
import type { Storage } from '@/server/storage';
import { web } from '@/server/web';
import type { SignInGuard } from './guard';
import { originOf } from './origin';

export interface Guest {
  db: Database;
  storage: Storage;
  log: Logger;
  mailer: Mailer | null;
  guard: SignInGuard;
  /** Who may make an account without being invited. */
  registration: 'invited' | 'open';
  /** The address people use, without a slash at its end. */
  publicUrl: string;
  from: RequestOrigin;
  requestId: string;
}

/** Who made the request that Next is answering, whether signed in or not. */
export async function currentGuest(): Promise<Guest> {
  const { db, storage, log, mailer, signInGuard, env } = web();
  return {
    db,
    storage,
    log,
    mailer,
    guard: signInGuard,
    registration: env.REGISTRATION,
    publicUrl: new URL(env.NEXTAUTH_URL).origin,
    from: originOf(await headers()),
    requestId: randomUUID(),
  };
}
