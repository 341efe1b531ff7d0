import type { Tx } from '@/db/client';
import { auditLog } from '@/db/schema';
import type { Actor, Ctx } from '@/server/context';
import type { AuditAction, AuditTarget } from './schema';

export interface AuditEntry {
  action: AuditAction;
  target: AuditTarget;
  /** What else a reader needs, e.g. the role before and after. Never a secret. */
  details?: Record<string, string | number | boolean | null>;
}

/** A statement takes 65,535 parameters. */
const AT_ONCE = 1_000;

/**
 * Records who did what to what in the transaction that does it: neither is kept without the other.
 * `tx` stands in the actor's workspace.
 */
export async function recordAudit(
  tx: Tx,
  ctx: Pick<Ctx, 'actor' | 'requestId' | 'from'>,
  ...entries: AuditEntry[]
): Promise<void> {
  const by = {
    workspaceId: ctx.actor.workspaceId,
    ...actorColumns(ctx.actor),
    address: ctx.from?.address ?? null,
    userAgent: ctx.from?.userAgent?.slice(0, 300) ?? null,
    requestId: ctx.requestId,
  };
  const rows = entries.map(({ action, target, details = {} }) => ({
    ...by,
    action,
    targetKind: target.kind,
    targetId: target.id,
    targetName: target.name?.slice(0, 300) ?? null,
    details,
  }));
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await tx.insert(auditLog).values(rows.slice(from, from + AT_ONCE));
  }
}

function actorColumns(actor: Actor) {
  switch (actor.kind) {
    case 'user':
      return { actorKind: 'user', actorId: actor.userId, actorName: actor.name };
    case 'key':
      return { actorKind: 'key', actorId: actor.keyId, actorName: actor.name };
    case 'task':
      return { actorKind: 'task', actorId: null, actorName: actor.task };
  }
}
