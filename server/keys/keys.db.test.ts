import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { submitMolecule } from '@/server/jobs';
import { listJobs } from '@/server/jobs/queries';
import { AccessWatch } from '@/server/live/access';
import { createWorld, type World } from '@/tests/world';
import { actorOfKey, createKey, listKeys, revokeKey } from '.';
import type { CreateKeyInput } from './schema';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const asKey = async (ctx: Ctx, key: string): Promise<Ctx | null> => {
  const actor = await actorOfKey(world.web, key);
  return actor && { ...ctx, actor };
};

async function made(input: Partial<CreateKeyInput> = {}) {
  const admin = await world.member('admin');
  const { id, key } = await createKey({
    ctx: admin,
    input: { name: 'Pipeline', scopes: ['read'], ...input },
  });
  return { admin, id, key };
}

describe('API keys', () => {
  it('are shown once: the database holds their hash and beginning', async () => {
    const { admin, id, key } = await made();
    const [row] = await world.superuser`select * from api_keys where id = ${id}`;
    expect(JSON.stringify(row)).not.toContain(key.slice(15));
    const [listed] = await listKeys({ ctx: admin });
    expect(key.startsWith(`${listed?.prefix}_`)).toBe(true);
    expect(listed).toMatchObject({ name: 'Pipeline', createdBy: 'Ada', state: 'active' });
    expect(listed?.lastUsedAt).toBeNull();
  });

  it('act for their workspace within their scopes, and note their use', async () => {
    const { admin, key } = await made();
    const ctx = await asKey(admin, key);
    expect((await listJobs({ ctx: ctx! })).jobs).toEqual([]);
    await expect(submitMolecule({ ctx: ctx!, input: { text: 'aspirin' } })).rejects.toMatchObject({
      reason: 'SCOPE_MISSING',
    });
    await expect(listKeys({ ctx: ctx! })).rejects.toMatchObject({ reason: 'SCOPE_MISSING' });
    expect((await listKeys({ ctx: admin }))[0]?.lastUsedAt).toBeInstanceOf(Date);
    const other = await made({ scopes: ['jobs'] });
    const submitter = await asKey(other.admin, other.key);
    const { jobId } = await submitMolecule({ ctx: submitter!, input: { text: 'aspirin' } });
    expect((await listJobs({ ctx: other.admin })).jobs.map((j) => j.id)).toEqual([jobId]);
    expect((await listJobs({ ctx: ctx! })).jobs).toEqual([]);
  });

  it('are made by admins alone', async () => {
    const ctx = await world.member('researcher');
    await expect(createKey({ ctx, input: { name: 'x', scopes: ['read'] } })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('are nobody once revoked, expired or changed', async () => {
    const { admin, id, key } = await made();
    expect(await asKey(admin, `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`)).toBeNull();
    const stranger = await world.member('admin');
    await expect(revokeKey({ ctx: stranger, keyId: id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await asKey(admin, key)).not.toBeNull();
    await revokeKey({ ctx: admin, keyId: id });
    expect(await asKey(admin, key)).toBeNull();
    expect((await listKeys({ ctx: admin }))[0]?.state).toBe('revoked');
    const brief = await made({ days: 1 });
    await world.superuser`update api_keys set expires_at = now() where id = ${brief.id}`;
    expect(await asKey(brief.admin, brief.key)).toBeNull();
  });

  it('take their open streams with them', async () => {
    const watch = await AccessWatch.open(world.web, world.worker);
    const [one, other] = [await made(), await made()];
    const actor = await actorOfKey(world.web, one.key);
    const otherActor = await actorOfKey(world.web, other.key);
    const forever = new AbortController().signal;
    const [signal, otherSignal] = [watch.until(actor!, forever), watch.until(otherActor!, forever)];
    const ended = new Promise((resolve) => signal.addEventListener('abort', resolve));
    await revokeKey({ ctx: one.admin, keyId: one.id });
    await ended;
    expect(otherSignal.aborted).toBe(false);
    const soon = { ...otherActor!, expiresAt: new Date(Date.now() + 20) };
    const expiring = watch.until(soon, forever);
    await sleep(20);
    await expect.poll(() => expiring.aborted).toBe(true);
  });
});
