import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitMolecule } from '@/server/jobs';
import { createWorld, type World } from '@/tests/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

describe('row security', () => {
  it('shows a query that forgets its workspace filter no foreign row', async () => {
    const ada = await world.member();
    const eve = await world.member();
    await submitMolecule({ ctx: ada, input: { text: 'aspirin' } });
    const tables = ['jobs', 'steps', 'events'];
    for (const db of [world.web, world.worker]) {
      for (const table of tables) {
        const count = (workspaceId: string | null) =>
          db.tx(workspaceId, async (tx) => {
            const rows = await tx.execute(sql.raw(`select count(*)::int as n from ${table}`));
            return (rows as unknown as { n: number }[])[0]?.n;
          });
        expect(await count(ada.actor.workspaceId), table).toBeGreaterThan(0);
        expect(await count(eve.actor.workspaceId), table).toBe(0);
        expect(await count(null), table).toBe(0);
      }
    }
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
    await expect(read('select * from login_tokens')).rejects.toThrow();
    await expect(read('select * from graphile_worker._private_jobs')).rejects.toThrow();
  });
});
