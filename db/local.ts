/** The local workspace of an installation that `up` runs, and the way into it. Works as the owner. */

import { createHash, randomBytes } from 'node:crypto';
import type postgres from 'postgres';
import { connect } from './connect';

export interface LocalMember {
  workspaceId: string;
  userId: string;
}

/** The local workspace and its admin; made on the first call. */
export async function localMember(ownerUrl: string): Promise<LocalMember> {
  return asOwner(ownerUrl, (sql) =>
    sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended('phial:local', 0))`;
      const [known] = await tx<LocalMember[]>`
        select m.workspace_id as "workspaceId", m.user_id as "userId"
        from memberships m join workspaces w on w.id = m.workspace_id
        where w.is_local and m.role = 'admin' order by m.created_at limit 1`;
      if (known) return known;
      const [workspace] = await tx<{ id: string }[]>`
        insert into workspaces (name, is_local) values ('Local workspace', true) returning id`;
      const [user] = await tx<{ id: string }[]>`
        insert into users (name) values ('Local admin') returning id`;
      if (!workspace || !user) throw new Error('The local workspace could not be made');
      await tx`insert into memberships (workspace_id, user_id, role)
        values (${workspace.id}, ${user.id}, 'admin')`;
      return { workspaceId: workspace.id, userId: user.id };
    }),
  );
}

/** A new one-time token for the local admin, good for a day; only its hash is kept. */
export async function createLoginToken(ownerUrl: string): Promise<string> {
  const member = await localMember(ownerUrl);
  const token = randomBytes(24).toString('base64url');
  await asOwner(
    ownerUrl,
    (sql) => sql`
      insert into login_tokens (token_sha256, user_id, workspace_id, expires_at)
      values (${createHash('sha256').update(token).digest('hex')}, ${member.userId},
        ${member.workspaceId}, now() + interval '1 day')`,
  );
  return token;
}

async function asOwner<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = connect(url, { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
