/** Who asks: nobody, and each role in the workspace whose things are asked for and in another one. */
import { ROLES, type Role } from '@/db/schema';
import { actorOf, contextOfActor } from '@/server/auth/context';
import { sessionCookie } from '@/server/auth/cookie';
import { openSession, sessionById } from '@/server/auth/session';
import type { Ctx } from '@/server/context';
import type { Web } from '@/server/web';
import type { World } from '../world';

export interface Asker {
  name: string;
  /** Null for nobody. */
  role: Role | null;
  isOwn: boolean;
  ctx: Ctx | null;
  /** The Cookie header of their browser. */
  cookie: string;
}

const from = { address: '192.0.2.1', userAgent: 'matrix' };

export async function workspaceOf(world: World, name: string): Promise<string> {
  const [row] = await world.superuser`insert into workspaces (name) values (${name}) returning id`;
  return row?.id;
}

export async function person(
  world: World,
  web: Web,
  { workspaceId, role, isOwn }: { workspaceId: string; role: Role; isOwn: boolean },
): Promise<Asker & { ctx: Ctx }> {
  const name = `${isOwn ? 'own' : 'stranger'} ${role}`;
  const [user] = await world.superuser`insert into users (name) values (${name}) returning id`;
  await world.superuser`insert into memberships (workspace_id, user_id, role)
    values (${workspaceId}, ${user?.id}, ${role})`;
  const sessionId = await world.web.tx(workspaceId, (tx) =>
    openSession(tx, { userId: user?.id, workspaceId }, from),
  );
  const session = sessionId ? await sessionById(world.web, sessionId) : null;
  if (!session) throw new Error('No session was opened');
  const cookie = await sessionCookie(session.sessionId, web.env);
  return {
    name,
    role,
    isOwn,
    ctx: contextOfActor(web, actorOf(session), from),
    cookie: `${cookie.name}=${cookie.value}`,
  };
}

/** One of each role. */
export async function everyRole(
  world: World,
  web: Web,
  workspaceId: string,
  isOwn: boolean,
): Promise<(Asker & { ctx: Ctx })[]> {
  const all = [];
  for (const role of ROLES) all.push(await person(world, web, { workspaceId, role, isOwn }));
  return all;
}

export const NOBODY: Asker = { name: 'nobody', role: null, isOwn: false, ctx: null, cookie: '' };
