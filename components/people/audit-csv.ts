/** The audit log as a table for other programs. Pure. */
import type { AuditRow } from '@/server/audit';
import { csvCell } from '@/server/reports/exports';

const COLUMNS = {
  at: (row: AuditRow) => row.at.toISOString(),
  action: (row: AuditRow) => row.action,
  actor_kind: (row: AuditRow) => row.actorKind,
  actor_id: (row: AuditRow) => row.actorId ?? '',
  actor_name: (row: AuditRow) => row.actorName,
  target_kind: (row: AuditRow) => row.targetKind,
  target_id: (row: AuditRow) => row.targetId,
  target_name: (row: AuditRow) => row.targetName ?? '',
  details: (row: AuditRow) => JSON.stringify(row.details),
  address: (row: AuditRow) => row.address ?? '',
  user_agent: (row: AuditRow) => row.userAgent ?? '',
  request_id: (row: AuditRow) => row.requestId,
} as const;

/** RFC 4180, UTF-8; times in UTC. */
export function auditCsv(rows: readonly AuditRow[]): string {
  const cells = Object.values(COLUMNS);
  return [Object.keys(COLUMNS), ...rows.map((row) => cells.map((cell) => cell(row)))]
    .map((row) => `${row.map(csvCell).join(',')}\r\n`)
    .join('');
}
