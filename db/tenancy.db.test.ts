import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '@/db/client';
import { makeThings } from '@/tests/matrix/things';
import { createWorld, type World } from '@/tests/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** They belong to the whole installation; nothing in them is a tenant's. */
const SHARED_TABLES = ['sources', 'workers'];

const countIn = (db: Database, workspaceId: string | null, table: string) =>
  db.tx(workspaceId, async (tx) => {
    const [row] = await tx.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(table)}`,
    );
    return row?.n;
  });

describe('row security', () => {
  it('shows a query that forgets its workspace filter no foreign row, whatever the table', async () => {
    const [ada, eve] = [await world.member('admin'), await world.member('admin')];
    await makeThings(world, ada);
    const { workspaceId } = ada.actor;
    const readable = await world.superuser<{ name: string }[]>`
      select c.relname as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and has_table_privilege('phial_app', c.oid, 'SELECT')`;
    const filled: string[] = [];
    for (const { name } of readable) {
      const [all] = await world.superuser.unsafe(
        `select count(*)::int as n from ${name} where workspace_id = '${workspaceId}'`,
      );
      if (all?.n > 0) filled.push(name);
      for (const db of [world.web, world.worker]) {
        expect(await countIn(db, workspaceId, name), name).toBe(all?.n);
        expect(await countIn(db, null, name), name).toBe(0);
      }
      const [others] = await world.superuser.unsafe(
        `select count(*)::int as n from ${name} where workspace_id = '${eve.actor.workspaceId}'`,
      );
      expect(await countIn(world.web, eve.actor.workspaceId, name), name).toBe(others?.n);
    }
    expect(filled).toEqual(expect.arrayContaining(['jobs', 'papers', 'conversations', 'api_keys']));
  });

  it('holds for whoever logs in, and who may not become the app role does nothing', async () => {
    const { workspaceId } = (await world.member()).actor;
    const open = (url: string) => openDatabase(url, { max: 1, applicationName: 'test-role' });
    const superuser = open(world.database.superuserUrl);
    expect(await countIn(superuser, workspaceId, 'memberships')).toBe(1);
    expect(await countIn(superuser, null, 'memberships')).toBe(0);
    const owner = open(world.database.ownerUrl);
    const refused = /permission denied to set role/;
    await expect(owner.ping()).rejects.toThrow(refused);
    await expect(owner.tx(workspaceId, async () => 1)).rejects.toThrow(refused);
    await Promise.all([superuser.close(), owner.close()]);
  });

  it('is on for every table but those of the installation', async () => {
    const open = await world.superuser`
      select c.relname from pg_class c
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and not c.relrowsecurity order by 1`;
    expect(open.map((r) => r.relname)).toEqual(SHARED_TABLES);
  });

  it('guards every table that has a workspace', async () => {
    const open = await world.superuser`
      select c.relname from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'login_tokens'
        and (not c.relrowsecurity or not exists (select 1 from pg_policy p where p.polrelid = c.oid))`;
    expect(open.map((r) => r.relname)).toEqual([]);
  });

  it('refuses to write a row of another workspace', async () => {
    const ada = await world.member();
    const eve = await world.member();
    const write = world.web.tx(eve.actor.workspaceId, (tx) =>
      tx.execute(sql`insert into bundles (workspace_id, sha256, origin, bytes)
        values (${ada.actor.workspaceId}, 'x', 'recorded', 1)`),
    );
    await expect(write).rejects.toThrow();
  });

  it('shows the app role no queue and no sign-in tokens', async () => {
    const read = (query: string) => world.web.tx(null, (tx) => tx.execute(sql.raw(query)));
    for (const table of ['login_tokens', 'refresh_tokens', 'mail_tokens', 'passwords']) {
      await expect(read(`select * from ${table}`), table).rejects.toThrow();
    }
    await expect(read('select * from graphile_worker._private_jobs')).rejects.toThrow();
  });
});
