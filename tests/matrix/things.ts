/** One of everything that a workspace owns and an address can name. */
import { randomBytes, randomUUID } from 'node:crypto';
import { ask } from '@/server/asking/ask';
import type { Ctx } from '@/server/context';
import { flag } from '@/server/feedback/flag';
import { submitMolecule } from '@/server/jobs';
import { createKey } from '@/server/keys';
import { openBatch } from '@/server/papers';
import { invite } from '@/server/workspaces/invite';
import type { World } from '../world';

export interface Things {
  jobId: string;
  /** A record of the job. */
  evidenceId: string;
  flagId: string;
  paperId: string;
  /** A passage of the paper. */
  chunkId: number;
  batchId: string;
  conversationId: string;
  answerId: string;
  keyId: string;
  invitationId: string;
  /** Of another member. */
  userId: string;
  sessionId: string;
  workspaceId: string;
  /** Stands in what the owner typed; nobody else is to see it. */
  mark: string;
}

let made = 0;

/** Makes them as the workspace's admin. */
export async function makeThings(world: World, admin: Ctx): Promise<Things> {
  const { workspaceId } = admin.actor;
  const mark = `mark${++made}of${workspaceId.slice(0, 8)}`;
  const { jobId } = await submitMolecule({ ctx: admin, input: { text: mark } });
  const evidenceId = await evidenceOf(world, { jobId, workspaceId, title: mark });
  const about = { jobId, evidenceId, reason: 'wrong' } as const;
  const { flagId } = await flag({ ctx: admin, input: about });
  const { batchId } = await openBatch({ ctx: admin, slots: 1 });
  const paperId = await paperOf(world, workspaceId, mark);
  const [chunk] = await world.superuser`
    insert into chunks (workspace_id, paper_id, position, section, places, text, sentences, text_sha256)
    values (${workspaceId}, ${paperId}, 0, 'body', '[]', ${mark}, '[]', ${mark}) returning id`;
  const { conversationId, answerId } = await ask({
    ctx: admin,
    input: { text: `What is ${mark}?` },
  });
  const { id: keyId } = await createKey({ ctx: admin, input: { name: mark, scopes: ['read'] } });
  const guest = { mailer: null, publicUrl: 'http://phial.test', log: console as never };
  await invite({ ctx: admin, guest, input: { role: 'viewer', email: null } });
  const [invitation] = await world.superuser`
    select id from invitations where workspace_id = ${workspaceId} order by created_at desc limit 1`;
  const [user] = await world.superuser`insert into users (name) values (${mark}) returning id`;
  await world.superuser`insert into memberships (workspace_id, user_id, role)
    values (${workspaceId}, ${user?.id}, 'viewer')`;
  const [session] = await world.superuser`
    insert into sessions (user_id, workspace_id, expires_at)
    values (${user?.id}, ${workspaceId}, now() + interval '1 day') returning id`;
  return {
    jobId,
    evidenceId,
    flagId,
    paperId,
    chunkId: Number(chunk?.id),
    batchId,
    conversationId,
    answerId,
    keyId,
    invitationId: invitation?.id,
    userId: user?.id,
    sessionId: session?.id,
    workspaceId,
    mark,
  };
}

/** A record that the job found. */
async function evidenceOf(
  world: World,
  { jobId, workspaceId, title }: { jobId: string; workspaceId: string; title: string },
): Promise<string> {
  const id = randomBytes(32).toString('hex');
  await world.superuser`
    insert into evidence (job_id, workspace_id, id, step, kind, source, external_id, title, url,
      licence, connector_version, snapshot_sha256, facts)
    values (${jobId}, ${workspaceId}, ${id}, 'gather:pubmed', 'article', 'pubmed', ${title}, ${title},
      'https://example.org', 'none', '1', ${id}, '{}')`;
  return id;
}

/** A paper that was read, with its job. */
async function paperOf(world: World, workspaceId: string, title: string): Promise<string> {
  const id = randomUUID();
  await world.superuser`
    insert into jobs (id, workspace_id, kind, status, input, options, submission_key)
    values (${id}, ${workspaceId}, 'paper', 'completed', ${title}, '{}', ${id})`;
  await world.superuser`
    insert into papers (id, workspace_id, source, processing_status, title)
    values (${id}, ${workspaceId}, 'doi', 'ready', ${title})`;
  return id;
}

/** Every row of the workspace in every table, as a count and a sum for each. */
export async function rowsOf(world: World, workspaceId: string): Promise<Record<string, string>> {
  const sums = (await tenantTables(world)).map(
    (
      table,
    ) => `select '${table}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum
      from ${table} t where workspace_id = '${workspaceId}'`,
  );
  const rows = await world.superuser.unsafe(sums.join(' union all '));
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

let tables: string[] | undefined;

export async function tenantTables(world: World): Promise<string[]> {
  if (tables) return tables;
  const rows = await world.superuser<{ name: string }[]>`
    select c.relname as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`;
  tables = rows.map(({ name }) => name);
  return tables;
}

/** Every id that the workspace's rows go by. */
export async function idsOf(world: World, workspaceId: string): Promise<string[]> {
  const columns = await world.superuser<{ table: string; column: string }[]>`
    select c.relname as table, a.attname as column from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.atttypid = 'uuid'::regtype and not a.attisdropped
    join pg_attribute w on w.attrelid = c.oid and w.attname = 'workspace_id'
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`;
  const ids = new Set([workspaceId]);
  for (const { table, column } of columns) {
    const rows = await world.superuser.unsafe(
      `select distinct ${column} as id from ${table} where workspace_id = '${workspaceId}'`,
    );
    for (const { id } of rows) if (id) ids.add(id);
  }
  return [...ids];
}
