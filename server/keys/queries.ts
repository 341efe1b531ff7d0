/** Reads about API keys. */
import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { apiKeys, type Scope, users } from '@/db/schema';
import { type Actor, authorise, type Ctx, inWorkspace } from '@/server/context';
import { sha256Hex } from '@/server/storage';
import type { KeySummary } from './schema';

/** The workspace's keys, newest first; those that ended stay in the list. */
export async function listKeys({ ctx }: { ctx: Ctx }): Promise<KeySummary[]> {
  authorise(ctx, 'key.manage');
  const rows = await inWorkspace(ctx, (tx) =>
    tx
      .select({ key: apiKeys, createdBy: users.name })
      .from(apiKeys)
      .leftJoin(users, eq(users.id, apiKeys.createdBy))
      .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id)),
  );
  const now = ctx.now();
  return rows.map(({ key, createdBy }) => {
    const { id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt, revokedAt } = key;
    const state = revokedAt ? 'revoked' : expiresAt && expiresAt <= now ? 'expired' : 'active';
    return {
      id,
      name,
      prefix,
      scopes,
      createdBy,
      createdAt,
      expiresAt,
      lastUsedAt,
      revokedAt,
      state,
    };
  });
}

export type KeyActor = Extract<Actor, { kind: 'key' }>;

/** Who calls with this key; null when it is unknown, revoked or expired. */
export async function actorOfKey(db: Database, key: string): Promise<KeyActor | null> {
  const [row] = (await db.tx(null, (tx) =>
    tx.execute(
      sql`select key_id as "keyId", name, workspace_id as "workspaceId", scopes,
            expires_at as "expiresAt"
          from phial_api_key(${sha256Hex(key)})`,
    ),
  )) as unknown as {
    keyId: string;
    name: string;
    workspaceId: string;
    scopes: Scope[];
    expiresAt: string | null;
  }[];
  if (!row) return null;
  return { kind: 'key', ...row, expiresAt: row.expiresAt ? new Date(row.expiresAt) : null };
}

/** May this key still be used? */
export async function isKeyValid(db: Database, actor: KeyActor): Promise<boolean> {
  const rows = await db.tx(actor.workspaceId, (tx) =>
    tx
      .select({ id: apiKeys.id })
      .from(apiKeys)
      .where(
        and(
          eq(apiKeys.id, actor.keyId),
          isNull(apiKeys.revokedAt),
          or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
        ),
      ),
  );
  return rows.length > 0;
}
