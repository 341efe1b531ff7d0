import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import superjson from 'superjson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorOf } from '@/server/auth/context';
import { signInUser } from '@/server/auth/sign-in';
import { signOut } from '@/server/auth/sign-out';
import type { Ctx } from '@/server/context';
import { cancelJob, submitMolecule } from '@/server/jobs';
import { appendEvent } from '@/server/live/append';
import type { Web } from '@/server/web';
import { guestOf } from '@/tests/guest';
import { webOf } from '@/tests/web';
import { createWorld, type World } from '@/tests/world';
import type { RequestContext } from './init';
import { appRouter } from './root';
import { subscription } from './stream';

let world: World;
let web: Web;
beforeAll(async () => {
  world = await createWorld();
  web = webOf(world);
});
afterAll(() => world.close());

const contextOf = (ctx: Ctx | null): RequestContext => ({ web, requestId: 'test', ctx });

const requestFor = (input: unknown, init: RequestInit = {}) => {
  const text = encodeURIComponent(JSON.stringify(superjson.serialize(input)));
  return new Request(`http://test/api/trpc/jobs.watch?input=${text}`, init);
};

const byTrpc = (request: Request, context: RequestContext) =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => context,
  });

/** The first messages of a stream, each as its fields; then the reader goes. */
async function read(response: Response, messages: number): Promise<Record<string, string>[]> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const found: Record<string, string>[] = [];
  let text = '';
  while (found.length < messages) {
    const { done, value } = await reader.read();
    if (done) break;
    const parts = (text + value).split(/\n\n+/);
    text = parts.pop() ?? '';
    for (const part of parts) {
      found.push(Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/, 2))));
    }
  }
  await reader.cancel();
  return found;
}

async function endedJob(): Promise<{ ctx: Ctx; jobId: string }> {
  const ctx = await world.member();
  const { jobId } = await submitMolecule({ ctx, input: { text: 'aspirin' } });
  await cancelJob({ ctx, jobId });
  return { ctx, jobId };
}

describe('the stream of events', () => {
  it('says what tRPC would say', async () => {
    const { ctx, jobId } = await endedJob();
    const input = { jobs: [{ id: jobId, after: 0 }] };
    const ours = await subscription(requestFor(input), contextOf(ctx));
    const theirs = await byTrpc(requestFor(input), contextOf(ctx));
    const messages = await read(ours!, 3);
    expect(messages.map((m) => m.event ?? m.id)).toEqual([
      'connected',
      `{"${jobId}":1}`,
      `{"${jobId}":2}`,
    ]);
    expect(messages).toEqual(await read(theirs, 3));
    expect(ours!.headers.get('content-type')).toBe(theirs.headers.get('content-type'));
  });

  it('goes on after the last event that a reader has', async () => {
    const { ctx, jobId } = await endedJob();
    const input = { jobs: [{ id: jobId, after: 0 }] };
    const headers = { 'last-event-id': `{"${jobId}":1}` };
    const response = await subscription(requestFor(input, { headers }), contextOf(ctx));
    expect((await read(response!, 2))[1]?.id).toBe(`{"${jobId}":2}`);
  });

  it('brings what happens while it is open, to more readers than are woken at a time', async () => {
    const { ctx, jobId } = await endedJob();
    const input = { jobs: [{ id: jobId, after: 2 }] };
    const open = () => subscription(requestFor(input), contextOf(ctx));
    const streams = await Promise.all(Array.from({ length: 50 }, open));
    const reading = streams.map((stream) => read(stream!, 3));
    const job = { id: jobId, workspaceId: ctx.actor.workspaceId };
    for (const doing of ['one', 'two']) {
      const data = { step: 'score', requests: 0, records: 0, doing };
      await world.web.tx(job.workspaceId, (tx) => appendEvent(tx, job, 'step.progressed', data));
    }
    for (const messages of await Promise.all(reading)) {
      expect(messages.map((m) => m.id)).toEqual([undefined, `{"${jobId}":3}`, `{"${jobId}":4}`]);
    }
  });

  it('breaks off when the session ends, so that its reader comes back and is refused', async () => {
    const { ctx: member, jobId } = await endedJob();
    if (member.actor.kind !== 'user') throw new Error('Members are people');
    const user = { userId: member.actor.userId, userName: 'Ada' };
    const session = await signInUser({ guest: guestOf(world), user });
    const ctx = { ...member, actor: actorOf(session) };
    const input = { jobs: [{ id: jobId, after: 0 }] };
    const ours = await subscription(requestFor(input), contextOf(ctx));
    const broken = read(ours!, 100).then(
      () => 'ended',
      () => 'broken off',
    );
    await signOut({ ctx });
    expect(await broken).toBe('broken off');
  });

  it('leaves it to tRPC to refuse', async () => {
    const { jobId } = await endedJob();
    const stranger = await world.member();
    const input = { jobs: [{ id: jobId, after: 0 }] };
    expect(await subscription(requestFor(input), contextOf(stranger))).toBeNull();
    expect(await subscription(requestFor(input), contextOf(null))).toBeNull();
    expect(await subscription(requestFor({ jobs: 'all' }), contextOf(stranger))).toBeNull();
    const [, refused] = await read(await byTrpc(requestFor(input), contextOf(stranger)), 2);
    expect(refused).toMatchObject({ event: 'serialized-error' });
    expect(refused?.data).toContain('NOT_FOUND');
  });
});
