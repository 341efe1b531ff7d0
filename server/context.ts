/** What every verb is given: who acts, on which database, when. */
import type { Database, Tx } from '@/db/client';
import type { Role } from '@/db/schema';
import { DomainError } from './errors';
import type { Storage } from './storage';

export type Actor =
  | {
      kind: 'user';
      userId: string;
      name: string;
      workspaceId: string;
      role: Role;
      sessionId: string;
    }
  /** The worker, acting for the job's workspace. */
  | { kind: 'task'; workspaceId: string; task: string };

export interface Ctx {
  actor: Actor;
  db: Database;
  storage: Storage;
  requestId: string;
  now: () => Date;
}

/** Runs in one transaction that sees the actor's workspace only. */
export function inWorkspace<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.db.tx(ctx.actor.workspaceId, work);
}

/** What each role may do. The one table; README and tests read it too. */
export const PERMISSIONS = {
  'job.read': ['admin', 'researcher', 'viewer'],
  'job.submit': ['admin', 'researcher'],
  'job.control': ['admin', 'researcher'],
  'paper.read': ['admin', 'researcher', 'viewer'],
  'paper.write': ['admin', 'researcher'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** Throws FORBIDDEN unless the actor's role may do this. Tasks act for a permitted submission. */
export function authorise(ctx: Ctx, permission: Permission): void {
  if (ctx.actor.kind === 'task') return;
  const allowed: readonly Role[] = PERMISSIONS[permission];
  if (allowed.includes(ctx.actor.role)) return;
  throw new DomainError(
    'FORBIDDEN',
    'ROLE_TOO_LOW',
    `Your role in this workspace (${ctx.actor.role}) may not do this. Ask an admin of the workspace.`,
  );
}
