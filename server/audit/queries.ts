import { and, count, desc, eq, gte, ilike, lt, or, type SQL } from 'drizzle-orm';
import { auditLog } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { recordAudit } from './record';
import type { AuditAction } from './schema';

export interface AuditFilter {
  action?: AuditAction | null;
  /** Part of a person's, a key's or a target's name, or an address. */
  search?: string | null;
  /** Days as YYYY-MM-DD in UTC, both included. */
  from?: string | null;
  to?: string | null;
}

export type AuditRow = typeof auditLog.$inferSelect;

const DAY_MS = 86_400_000;
export const AUDIT_PAGE = 50;
/** An export holds no more, and says so. */
export const AUDIT_EXPORT_ROWS = 50_000;

function conditions({ action, search, from, to }: AuditFilter): SQL | undefined {
  const part = search ? `%${search.replace(/[\\%_]/g, '\\$&')}%` : null;
  return and(
    action ? eq(auditLog.action, action) : undefined,
    part
      ? or(
          ilike(auditLog.actorName, part),
          ilike(auditLog.targetName, part),
          ilike(auditLog.address, part),
        )
      : undefined,
    from ? gte(auditLog.at, new Date(`${from}T00:00:00Z`)) : undefined,
    to ? lt(auditLog.at, new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS)) : undefined,
  );
}

/** One page of the log, the latest first, with how many entries there are under the filter and in all. */
export async function listAudit({
  ctx,
  filter = {},
  page = 1,
}: {
  ctx: Ctx;
  filter?: AuditFilter;
  page?: number;
}): Promise<{ rows: AuditRow[]; matching: number; total: number }> {
  authorise(ctx, 'audit.read');
  return inWorkspace(ctx, async (tx) => {
    const where = conditions(filter);
    const [rows, [matching], [total]] = await Promise.all([
      tx
        .select()
        .from(auditLog)
        .where(where)
        .orderBy(desc(auditLog.id))
        .limit(AUDIT_PAGE)
        .offset((page - 1) * AUDIT_PAGE),
      tx.select({ n: count() }).from(auditLog).where(where),
      tx.select({ n: count() }).from(auditLog),
    ]);
    return { rows, matching: matching?.n ?? 0, total: total?.n ?? 0 };
  });
}

/** The filtered log for a file, the latest first. That it was taken is itself recorded. */
export async function exportAudit({
  ctx,
  filter = {},
}: {
  ctx: Ctx;
  filter?: AuditFilter;
}): Promise<AuditRow[]> {
  authorise(ctx, 'audit.read');
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx
      .select()
      .from(auditLog)
      .where(conditions(filter))
      .orderBy(desc(auditLog.id))
      .limit(AUDIT_EXPORT_ROWS);
    const target = { kind: 'audit-log', id: ctx.actor.workspaceId };
    await recordAudit(tx, ctx, {
      action: 'audit.exported',
      target,
      details: { entries: rows.length },
    });
    return rows;
  });
}
