/** Tokens for programs: access for a quarter of an hour, renewed by a refresh token that works once. */
import { sql } from 'drizzle-orm';
import { DomainError } from '@/server/errors';
import { sha256Hex } from '@/server/storage';
import type { Guest } from './guest';
import { type Session, sealSession, seconds, sessionById } from './session';
import { signInWithLoginToken, signInWithPassword } from './sign-in';
import { newToken } from './token';

export const ACCESS_SECONDS = 15 * 60;
export const REFRESH_SECONDS = 7 * 24 * 60 * 60;

/** What the token endpoint answers, in the words of RFC 6749, 5.1. */
export interface ProgramTokens {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  refresh_token: string;
  workspace_id: string;
}

export type Grant =
  | { grant: 'password'; email: string; password: string }
  | { grant: 'one_time_token'; token: string }
  | { grant: 'refresh_token'; refreshToken: string };

const form = { kind: 'program', lifetimeSeconds: REFRESH_SECONDS } as const;

const refused = (reason: string, message: string) =>
  new DomainError('UNAUTHENTICATED', reason, message);

/**
 * Tokens for what a program presents. Throws UNAUTHENTICATED when it is no good; a refresh token that
 * comes back a second time is in two hands, and ends its whole family.
 */
export async function issueTokens({
  guest,
  secret,
  grant,
}: {
  guest: Guest;
  secret: string;
  grant: Grant;
}): Promise<ProgramTokens> {
  switch (grant.grant) {
    case 'password': {
      const session = await signInWithPassword({ guest, input: grant, form });
      return firstTokens(guest, session, secret);
    }
    case 'one_time_token': {
      const session = await signInWithLoginToken({ guest, token: grant.token, form });
      if (!session) {
        throw refused('TOKEN_SPENT', 'This one-time token is unknown, expired or was used before.');
      }
      return firstTokens(guest, session, secret);
    }
    case 'refresh_token':
      return refresh(guest, grant.refreshToken, secret);
  }
}

async function firstTokens(guest: Guest, session: Session, secret: string): Promise<ProgramTokens> {
  const next = newToken();
  await guest.db.tx(null, (tx) =>
    tx.execute(
      sql`select phial_issue_refresh_token(${session.sessionId}::uuid, ${next.sha256},
            ${seconds(REFRESH_SECONDS)})`,
    ),
  );
  return tokens(session, next.token, secret);
}

async function refresh(guest: Guest, presented: string, secret: string): Promise<ProgramTokens> {
  const next = newToken();
  const [row] = await guest.db.tx(null, (tx) =>
    tx.execute<{ sessionId: string; isReused: boolean }>(
      sql`select session_id as "sessionId", is_reused as "isReused"
          from phial_rotate_refresh_token(${sha256Hex(presented)}, ${next.sha256},
            ${seconds(REFRESH_SECONDS)})`,
    ),
  );
  const session = row && !row.isReused ? await sessionById(guest.db, row.sessionId) : null;
  if (session) return tokens(session, next.token, secret);
  if (row?.isReused) {
    guest.log.warn(
      { sessionId: row.sessionId, requestId: guest.requestId },
      'refresh token reused',
    );
  }
  throw refused(
    'REFRESH_TOKEN_INVALID',
    'This refresh token is unknown, expired, revoked or was used before. Sign in again.',
  );
}

async function tokens(
  session: Session,
  refreshToken: string,
  secret: string,
): Promise<ProgramTokens> {
  return {
    access_token: await sealSession(session.sessionId, 'program', secret, ACCESS_SECONDS),
    token_type: 'Bearer',
    expires_in: ACCESS_SECONDS,
    refresh_token: refreshToken,
    workspace_id: session.workspaceId,
  };
}
