import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as jobRoute from '@/app/jobs/[id]/route';
import * as jobsRoute from '@/app/jobs/route';
import * as reportRoute from '@/app/reports/[file]/route';
import * as researchRoute from '@/app/research/route';
import * as statusRoute from '@/app/status/[id]/route';
import { handleApi } from '@/server/api/handle';
import type { Ctx } from '@/server/context';
import { jobAnswer, jobPageAnswer } from '@/server/jobs/answers';
import { createKey, revokeKey } from '@/server/keys';
import type { Scope } from '@/server/keys/schema';
import { installWeb } from '@/tests/web';
import { createWorld, type World } from '@/tests/world';

let world: World;
let admin: Ctx;
let key: string;
beforeAll(async () => {
  world = await createWorld();
  installWeb(world);
  admin = await world.member('admin');
  key = await keyWith('read', 'jobs');
});
afterAll(() => world.close());

const keyWith = async (...scopes: [Scope, ...Scope[]]) =>
  (await createKey({ ctx: admin, input: { name: 'test', scopes } })).key;

const request = (
  method: string,
  path: string,
  { body, ...headers }: { body?: unknown; [header: string]: unknown } = {},
) =>
  new Request(`http://phial.test${path}`, {
    method,
    headers: { 'x-api-key': key, ...(headers as Record<string, string>) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

const v1 = (method: string, path: string, options = {}) =>
  handleApi(request(method, path, options), path.split('?')[0]!);
const params = <T>(value: T) => ({ params: Promise.resolve(value) });

/** Dates as they were before they travelled. */
const revived = (value: unknown) =>
  JSON.parse(JSON.stringify(value), (_, v) =>
    typeof v === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(v) ? new Date(v) : v,
  );

async function submitted(text: string): Promise<string> {
  const response = await v1('POST', '/research', { body: { text } });
  expect(response.status).toBe(202);
  return (await response.json()).jobId;
}

describe('/api/v1', () => {
  it('submits, reads, lists by cursor and cancels; every answer is as documented', async () => {
    const [first, second] = [await submitted('aspirin'), await submitted('ibuprofen')];
    const job = await (await v1('GET', `/jobs/${first}`)).json();
    expect(jobAnswer.parse(revived(job))).toEqual(revived(job));
    const page = await (await v1('GET', '/jobs?limit=1&status=pending')).json();
    expect(jobPageAnswer.parse(revived(page))).toEqual(revived(page));
    expect(page.jobs.map((j: { id: string }) => j.id)).toEqual([second]);
    const next = await v1('GET', `/jobs?limit=1&cursor=${encodeURIComponent(page.nextCursor)}`);
    expect((await next.json()).jobs[0].id).toBe(first);
    expect((await v1('DELETE', `/jobs/${first}`)).status).toBe(204);
    expect((await (await v1('GET', `/jobs/${first}`)).json()).status).toBe('cancelled');
    expect((await (await v1('GET', '/jobs/counts')).json()).cancelled).toBe(1);
    expect(await (await v1('GET', `/jobs/${first}/evidence`)).json()).toEqual({
      evidence: [],
      nextCursor: null,
    });
  });

  it('takes an Idempotency-Key', async () => {
    const send = (text: string) =>
      v1('POST', '/research', { body: { text }, 'idempotency-key': 'once' });
    const { jobId } = await (await send('caffeine')).json();
    await v1('DELETE', `/jobs/${jobId}`);
    expect(await (await send('caffeine')).json()).toEqual({ jobId, created: false });
    const other = await send('theine');
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ error: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('carries out a write once for the same Idempotency-Key, whatever it is', async () => {
    const headers = { 'idempotency-key': 'batch-1', 'x-api-key': await keyWith('papers') };
    const open = (slots: number, more = {}) =>
      v1('POST', '/papers/batches', { ...headers, ...more, body: { slots } });
    const first = await (await open(3)).json();
    const again = await open(3);
    expect(again.status).toBe(201);
    expect(await again.json()).toEqual(first);
    expect(await (await open(4)).json()).toMatchObject({ error: 'IDEMPOTENCY_KEY_REUSED' });
    const others = await open(4, { 'x-api-key': await keyWith('papers') });
    expect((await others.json()).batchId).not.toBe(first.batchId);
    const failed = await open(0, { 'idempotency-key': 'batch-2' });
    expect(failed.status).toBe(422);
    expect((await open(2, { 'idempotency-key': 'batch-2' })).status).toBe(201);
  });

  it('says every error as {error, message, requestId}', async () => {
    const cases: [Promise<Response>, number, string][] = [
      [v1('GET', '/jobs', { 'x-api-key': 'phial_00000000_nothing' }), 401, 'INVALID_API_KEY'],
      [v1('GET', '/jobs', { 'x-api-key': '' }), 401, 'INVALID_API_KEY'],
      [v1('GET', '/nowhere'), 404, 'NOT_FOUND'],
      [v1('PUT', '/jobs'), 404, 'METHOD_UNKNOWN'],
      [v1('GET', '/jobs?limit=many'), 400, 'INPUT_INVALID'],
      [v1('GET', '/jobs/7'), 400, 'INPUT_INVALID'],
      [v1('GET', '/jobs/00000000-0000-4000-8000-000000000000'), 404, 'NOT_FOUND'],
      [v1('POST', '/research', { body: { text: '' } }), 422, 'TEXT_EMPTY'],
      [v1('POST', '/research', { body: [] }), 422, 'BODY_NOT_JSON'],
      [
        v1('DELETE', '/jobs/00000000-0000-4000-8000-000000000000', {
          'x-api-key': await keyWith('read'),
        }),
        403,
        'SCOPE_MISSING',
      ],
    ];
    for (const [answer, status, error] of cases) {
      const response = await answer;
      const body = await response.json();
      expect(body).toMatchObject({ error, requestId: response.headers.get('x-request-id') });
      expect(response.status).toBe(status);
      expect(typeof body.message).toBe('string');
    }
  });

  it('knows keys by either header, and only until they are revoked', async () => {
    const made = await createKey({ ctx: admin, input: { name: 'x', scopes: ['read'] } });
    const ask = (headers: Record<string, string>) =>
      handleApi(new Request('http://phial.test/api/v1/jobs', { headers }), '/jobs');
    expect((await ask({ authorization: `Bearer ${made.key}` })).status).toBe(200);
    expect((await ask({ 'x-api-key': made.key })).status).toBe(200);
    await revokeKey({ ctx: admin, keyId: made.id });
    const others: Record<string, string>[] = [
      {},
      { 'x-api-key': made.key },
      { authorization: 'Bearer other' },
    ];
    for (const headers of others) {
      const refused = await ask(headers);
      expect(refused.status).toBe(401);
      expect((await refused.json()).message).toBe('Invalid or missing API key');
    }
  });

  it('says how much room is left, and refuses what is beyond it for that key alone', async () => {
    const own = await keyWith('read');
    const ask = () => v1('GET', '/jobs', { 'x-api-key': own });
    const first = await ask();
    expect(first.headers.get('ratelimit-limit')).toBe('100');
    expect(first.headers.get('ratelimit-remaining')).toBe('99');
    await Promise.all(Array.from({ length: 99 }, ask));
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      error: 'RATE_LIMIT_EXCEEDED',
      details: { limit: 'lists', perMinute: 100 },
    });
    expect((await v1('GET', '/jobs')).status).toBe(200);
  });

  it("streams a job's events after the last one known, and finds no stranger's job", async () => {
    const jobId = await submitted('naproxen');
    await v1('DELETE', `/jobs/${jobId}`);
    const stream = await v1('GET', `/jobs/${jobId}/events`, {
      'last-event-id': JSON.stringify({ [jobId]: 1 }),
    });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('job.ended')) text += (await reader.read()).value;
    expect(text).not.toContain('job.submitted');
    await reader.cancel();
    const stranger = await world.member('admin');
    const { key: foreign } = await createKey({
      ctx: stranger,
      input: { name: 'foreign', scopes: ['read'] },
    });
    const refused = await v1('GET', `/jobs/${jobId}/events`, { 'x-api-key': foreign });
    expect(refused.status).toBe(404);
  });
});

describe('the aliases', () => {
  const post = (body: unknown, headers = {}) =>
    researchRoute.POST(request('POST', '/research', { body, ...headers }));

  it('take a molecule or a SMILES, and lead to its status', async () => {
    const response = await post({ smiles: 'CC(=O)Oc1ccccc1C(=O)O', indication: 'fever' });
    expect(response.status).toBe(202);
    const { job_id: id, created } = await response.json();
    expect(created).toBe(true);
    expect(response.headers.get('location')).toBe(`/status/${id}`);
    const status = await statusRoute.GET(request('GET', `/status/${id}`), params({ id }));
    expect(await status.json()).toMatchObject({ id, options: { indication: 'fever' } });
    const listed = await (await jobsRoute.GET(request('GET', '/jobs?limit=1'))).json();
    expect(listed.jobs[0].id).toBe(id);
    const cancelled = await jobRoute.DELETE(request('DELETE', `/jobs/${id}`), params({ id }));
    expect(cancelled.status).toBe(204);
    const file = `${id}.html`;
    const report = await reportRoute.GET(request('GET', `/reports/${file}`), params({ file }));
    expect(report.status).toBe(404);
  });

  it('say that there is no research on questions', async () => {
    const response = await post({ query: 'What helps against headache?' });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ error: 'KIND_NOT_AVAILABLE' });
    expect((await post({})).status).toBe(422);
    expect((await post({ molecule: 'aspirin' }, { 'x-api-key': 'none' })).status).toBe(401);
  });
});
