/**
 * Everything that can be asked, asked by everyone: nobody, each role of the workspace whose things are
 * asked for, and each role of another one. A stranger's thing is not found, whatever one's role at home.
 */
import { randomUUID } from 'node:crypto';
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Role } from '@/db/schema';
import { handleApi } from '@/server/api/handle';
import { OPERATIONS } from '@/server/api/routes';
import { type Ctx, PERMISSIONS, type Permission } from '@/server/context';
import { type ProcedureMeta, procedure } from '@/server/trpc/init';
import { appRouter, callRouter } from '@/server/trpc/root';
import type { Web } from '@/server/web';
import { ACTIONS } from '../matrix/actions';
import { actions, files, moduleOf, routes } from '../matrix/found';
import { type Action, OUTCOMES, type Outcome, outcomeOf, outcomeOfAction } from '../matrix/outcome';
import { type Asker, everyRole, NOBODY, person, workspaceOf } from '../matrix/people';
import { PROCEDURES } from '../matrix/procedures';
import { type Call, DISPATCHERS, ROUTES } from '../matrix/routes';
import { idsOf, makeThings, rowsOf, type Things } from '../matrix/things';
import { installWeb } from '../web';
import { createWorld, type World } from '../world';

/** The request that Next would be answering. */
const asked = { cookie: '' };
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ 'user-agent': 'matrix', cookie: asked.cookie }),
  cookies: async () => ({
    get: (name: string) =>
      new NextRequest('http://x', { headers: { cookie: asked.cookie } }).cookies.get(name),
    set: () => {},
    delete: () => {},
  }),
}));
vi.mock('next/cache', () => ({ revalidatePath: () => {} }));

const UNKNOWN: Call = { permission: null };

let world: World;
let web: Web;
let owner: Ctx;
let things: Things;
let strangers: (Asker & { ctx: Ctx })[];
let own: (Asker & { ctx: Ctx })[];
/** What no stranger may be shown. */
let secrets: string[];
const size = { procedures: 0, 'API operations': 0, actions: 0, routes: 0, streams: 0 };
let asks = 0;

beforeAll(async () => {
  world = await createWorld();
  // The limits are tested elsewhere; here everyone asks a lot.
  web = installWeb(world);
  web.limiter.take = async (name) => ({ name, allowed: true }) as never;
  const workspaceId = await workspaceOf(world, 'Own');
  own = await everyRole(world, web, workspaceId, true);
  owner = own.find(({ role }) => role === 'admin')!.ctx;
  things = await makeThings(world, owner);
  strangers = await everyRole(world, web, await workspaceOf(world, 'Other'), false);
  secrets = [things.mark, ...(await idsOf(world, workspaceId))];
});
afterAll(async () => {
  const parts = Object.entries(size).map(([what, n]) => `${n} ${what}`);
  process.stdout.write(`Matrix: ${parts.join(', ')}; ${asks} asked by 7 kinds of people\n`);
  await world.close();
});

const may = (role: Role | null, permission: Permission) =>
  role !== null && (PERMISSIONS[permission] as readonly Role[]).includes(role);

interface Case {
  permission: Permission;
  names?: true;
  bare?: true;
  chooses?: true | undefined;
  /** It only reads: everyone may ask for the same things. */
  reads?: boolean;
  /** It may end the session or the membership of whoever asks. */
  touchesAsker?: boolean;
  ask: (by: Asker, things: Things) => Promise<Outcome>;
}

/** One row of the matrix: by nobody and strangers first, who must change nothing, then by its own people. */
async function askAll({ reads, touchesAsker, ...row }: Case): Promise<void> {
  asks += 1;
  expect(await row.ask(NOBODY, things), 'nobody').toMatchObject({ reason: 'UNAUTHENTICATED' });
  const before = reads ? null : await rowsOf(world, owner.actor.workspaceId);
  for (const by of touchesAsker ? await strangersAnew() : strangers) await askAsStranger(row, by);
  if (before) expect(await rowsOf(world, owner.actor.workspaceId), 'by strangers').toEqual(before);
  for (const by of own) {
    if (reads || !may(by.role, row.permission)) await askAsOwn(row, by, things);
    else await askAsOwn(row, ...(await anew(by.role ?? 'viewer')));
  }
}

const strangersAnew = async () => everyRole(world, web, await workspaceOf(world, 'Other'), false);

/** What was asked before may have changed things, and whoever asked. */
async function anew(role: Role): Promise<[Asker, Things]> {
  const workspaceId = await workspaceOf(world, 'Own');
  const admin = await person(world, web, { workspaceId, role: 'admin', isOwn: true });
  const by = await person(world, web, { workspaceId, role, isOwn: true });
  return [by, await makeThings(world, admin.ctx)];
}

async function askAsStranger(row: Case, by: Asker): Promise<void> {
  asks += 1;
  const { reason, said } = await row.ask(by, things);
  const why = `${by.name}: ${said}`;
  if (!may(by.role, row.permission)) expect(['FORBIDDEN', 'NOT_FOUND'], why).toContain(reason);
  else if (row.names) expect(reason, why).toBe('NOT_FOUND');
  else expect(['DONE', 'OTHER'], why).toContain(reason);
  for (const secret of secrets) expect(said, by.name).not.toContain(secret);
  if (!row.chooses || !may(by.role, row.permission)) return;
  const nothing = { ...things, paperId: randomUUID() };
  expect(await row.ask(by, nothing), `${by.name}, of nothing`).toEqual({ reason, said });
}

async function askAsOwn(row: Case, by: Asker, of: Things): Promise<void> {
  asks += 1;
  const { reason, said } = await row.ask(by, of);
  const why = `${by.name}: ${said}`;
  if (!may(by.role, row.permission)) expect(reason, why).toBe('FORBIDDEN');
  else expect(row.bare ? ['NOT_FOUND', 'OTHER'] : ['DONE', 'OTHER'], why).toContain(reason);
}

interface Definition {
  type: 'query' | 'mutation' | 'subscription';
  meta?: ProcedureMeta;
}
const definitions = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: Definition }>,
).map(([path, { _def }]) => ({ path, ..._def }));

type Procedure = (input: unknown) => Promise<unknown>;

function procedureFor(path: string, by: Asker, signal: AbortSignal): Procedure {
  const caller: unknown = callRouter({ web, requestId: 'matrix', ctx: by.ctx }, { signal });
  return path
    .split('.')
    .reduce((part, name) => (part as Record<string, unknown>)[name], caller) as Procedure;
}

describe('procedures', () => {
  it('are all in the matrix, each with a permission of the table', () => {
    expect(definitions.map(({ path }) => path).sort()).toEqual(Object.keys(PROCEDURES).sort());
    for (const { meta } of definitions) {
      expect(Object.keys(PERMISSIONS)).toContain(meta?.permission);
    }
    size.procedures = definitions.length;
    size.streams = definitions.filter(({ type }) => type === 'subscription').length;
  });

  it('cannot be made without one', () => {
    // @ts-expect-error a procedure takes a permission
    const without = () => procedure();
    // @ts-expect-error and one that is in the table
    const unknown = () => procedure('job.everything');
    expect([without, unknown]).toHaveLength(2);
  });

  it.each(definitions)('$path', async ({ path, type, meta }) => {
    const entry = PROCEDURES[path] ?? {};
    await askAll({
      permission: meta?.permission ?? 'job.read',
      reads: type !== 'mutation',
      ...entry,
      async ask(by, of) {
        const ended = new AbortController();
        try {
          const answer = await procedureFor(path, by, ended.signal)(entry.input?.(of));
          return { reason: 'DONE', said: JSON.stringify(answer) ?? '' };
        } catch (error) {
          const { code, message } = error as { code?: string; message: string };
          if (code === 'INTERNAL_SERVER_ERROR') throw error;
          return { reason: OUTCOMES[code ?? ''] ?? 'OTHER', said: message };
        } finally {
          ended.abort();
        }
      },
    });
  });
});

function requestBy(by: Asker, method: string, address: string, body: unknown): Request {
  asked.cookie = by.cookie;
  const url = `http://phial.test${address}`;
  const headers = { cookie: by.cookie };
  if (method === 'GET' || method === 'DELETE') return new NextRequest(url, { method, headers });
  if (body instanceof FormData || body instanceof Blob)
    return new NextRequest(url, { method, headers, body });
  return new NextRequest(url, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
}

/** Names in a path and the body come from what the procedure is asked with. */
function filled(pattern: string, input: Record<string, unknown>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => String(input[name] ?? 'x'));
}

describe('the API', () => {
  it('is made of procedures', () => {
    size['API operations'] = OPERATIONS.length;
    for (const { procedure: path } of OPERATIONS) expect(PROCEDURES).toHaveProperty([path]);
  });

  it.each(OPERATIONS)('$method $path', async (operation) => {
    const entry = PROCEDURES[operation.procedure] ?? {};
    await askAll({
      permission: operation.permission as Permission,
      reads: operation.method === 'GET',
      ...entry,
      async ask(by, of) {
        const input = (entry.input?.(of) ?? {}) as Record<string, unknown>;
        const path = filled(operation.path, input);
        const request = requestBy(by, operation.method, `/api/v1${path}`, input);
        return outcomeOf(await handleApi(request, path));
      },
    });
  });

  it.each(['jobs/{jobId}/events', 'jobs/{jobId}/files/report.html'])('GET /%s', async (pattern) => {
    const path = (of: Things) => `/${filled(pattern, { ...of })}`;
    await askAll({
      permission: 'job.read',
      reads: true,
      names: true,
      bare: pattern.includes('files') || undefined,
      ask: async (by, of) =>
        outcomeOf(await handleApi(requestBy(by, 'GET', `/api/v1${path(of)}`, null), path(of))),
    });
  });
});

describe('server actions', () => {
  it('are all in the matrix', () => {
    expect([...actions].sort()).toEqual(Object.keys(ACTIONS).sort());
    size.actions = actions.length;
  });

  const signedIn = Object.entries(ACTIONS).flatMap(([name, { permission, ...sent }]) =>
    permission ? [{ name, permission, ...sent }] : [],
  );
  it.each(signedIn)('$name', async ({ name, permission, form, names, bare }) => {
    const [file = '', exported = ''] = name.split('#');
    const action = (await moduleOf(file))[exported] as Action;
    await askAll({
      permission,
      touchesAsker: true,
      names,
      bare,
      async ask(by, of) {
        asked.cookie = by.cookie;
        const data = new FormData();
        for (const [key, value] of Object.entries(form?.(of) ?? {})) data.set(key, value);
        return outcomeOfAction(action, data);
      },
    });
  });
});

describe('HTTP routes', () => {
  it('are all in the matrix', async () => {
    const found = (await routes()).filter((route) => !DISPATCHERS.some((d) => route.endsWith(d)));
    expect(found.sort()).toEqual(Object.keys(ROUTES).sort());
    for (const file of DISPATCHERS) expect(files).toContain(file);
    size.routes = found.length;
  });

  const call = async (route: string, by: Asker, of: Things): Promise<Outcome> => {
    const [method = '', file = ''] = route.split(/ (.*)/);
    const { path, params, body } = ROUTES[route] ?? UNKNOWN;
    const handler = (await moduleOf(file))[method] as (
      request: Request,
      context: { params: Promise<unknown> },
    ) => Promise<Response>;
    const request = requestBy(by, method, path?.(of) ?? '/', body?.(of));
    return outcomeOf(await handler(request, { params: Promise.resolve(params?.(of) ?? {}) }));
  };

  const all = Object.entries(ROUTES).map(([route, entry]) => ({ route, ...entry }));
  it.each(all.filter(({ permission }) => permission))('$route', async (entry) => {
    const { route, permission, names, bare } = entry;
    if (!permission) return;
    const reads = route.startsWith('GET ');
    await askAll({ permission, reads, names, bare, ask: (by, of) => call(route, by, of) });
  });

  it.each(all.filter(({ permission }) => !permission))(
    '$route shows nothing',
    async ({ route }) => {
      for (const by of [NOBODY, ...strangers]) {
        asks += 1;
        const { said } = await call(route, by, things);
        for (const secret of secrets) expect(said, by.name).not.toContain(secret);
      }
    },
  );
});
