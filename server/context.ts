/** What every verb is given: who acts, on which database, when. */
import type { Database, Tx } from '@/db/client';
import type { Role, Scope } from '@/db/schema';
import { DomainError } from './errors';
import type { Embedder } from './search/embedder';
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
  /** A program with an API key of the workspace. */
  | {
      kind: 'key';
      keyId: string;
      name: string;
      workspaceId: string;
      scopes: readonly Scope[];
      expiresAt: Date | null;
    }
  /** The worker, acting for the job's workspace. */
  | { kind: 'task'; workspaceId: string; task: string };

/** Where a request came from; null where it is not known. */
export interface RequestOrigin {
  address: string | null;
  userAgent: string | null;
}

export interface Ctx {
  actor: Actor;
  db: Database;
  storage: Storage;
  requestId: string;
  now: () => Date;
  /** Turns text into vectors where an endpoint for it is configured. */
  embedder?: Embedder | null;
  /** Absent when no request led here: tasks and commands. */
  from?: RequestOrigin;
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
  /** One's own name, password and sessions. */
  'account.manage': ['admin', 'researcher', 'viewer'],
  'member.read': ['admin', 'researcher', 'viewer'],
  /** Invite, change roles, remove, hand over. */
  'member.manage': ['admin'],
  'workspace.manage': ['admin'],
  'audit.read': ['admin'],
  'key.manage': ['admin'],
  /** How cache, limits and processes stand. */
  'operation.read': ['admin'],
  'operation.manage': ['admin'],
  'paper.read': ['admin', 'researcher', 'viewer'],
  'paper.write': ['admin', 'researcher'],
  'question.ask': ['admin', 'researcher'],
  'feedback.read': ['admin', 'researcher', 'viewer'],
  /** Vote and flag. */
  'feedback.write': ['admin', 'researcher'],
  /** Decide about flags. */
  'feedback.review': ['admin', 'researcher'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** The scope that an API key needs for each permission; with null, only people may. */
export const SCOPE_OF: Record<Permission, Scope | null> = {
  'job.read': 'read',
  'job.submit': 'jobs',
  'job.control': 'jobs',
  'paper.read': 'read',
  'paper.write': 'papers',
  'question.ask': 'ask',
  'feedback.read': 'read',
  'feedback.write': 'feedback',
  'feedback.review': null,
  'key.manage': null,
  'operation.read': 'read',
  'operation.manage': null,
  'account.manage': null,
  'member.read': 'read',
  'member.manage': null,
  'workspace.manage': null,
  'audit.read': null,
};

/** Whether {@link authorise} lets this through. */
export function allows(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case 'task':
      return true;
    case 'key': {
      const scope = SCOPE_OF[permission];
      return scope !== null && actor.scopes.includes(scope);
    }
    case 'user':
      return (PERMISSIONS[permission] as readonly Role[]).includes(actor.role);
  }
}

/**
 * Throws FORBIDDEN unless the actor's role, or the key's scopes, allow this. Tasks act for a permitted
 * submission.
 */
export function authorise({ actor }: Ctx, permission: Permission): void {
  if (allows(actor, permission)) return;
  if (actor.kind === 'key') throw scopeMissing(SCOPE_OF[permission]);
  const role = actor.kind === 'user' ? actor.role : actor.kind;
  throw new DomainError(
    'FORBIDDEN',
    'ROLE_TOO_LOW',
    `Your role in this workspace (${role}) may not do this. Ask an admin of the workspace.`,
  );
}

const scopeMissing = (scope: Scope | null) =>
  new DomainError(
    'FORBIDDEN',
    'SCOPE_MISSING',
    scope
      ? `This API key lacks the scope "${scope}". Make a key that has it.`
      : 'No API key may do this; sign in instead.',
  );
