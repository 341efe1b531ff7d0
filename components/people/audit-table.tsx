import { Code } from '@/components/ui/code';
import { Table, Td, Th } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { AuditRow } from '@/server/audit';
import { AUDIT_ACTIONS, type AuditAction } from '@/server/audit/schema';
import { deviceOf } from './device';

/** Entries whose action this version does not know any more are shown by its name. */
const wordsOf = (action: string) => AUDIT_ACTIONS[action as AuditAction] ?? action;

function detailsOf(details: unknown): string {
  return Object.entries(details as Record<string, unknown>)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

export function AuditTable({ rows }: { rows: readonly AuditRow[] }) {
  return (
    <Table label="Audit log">
      <thead>
        <tr>
          <Th>When</Th>
          <Th>Who</Th>
          <Th>What</Th>
          <Th>To what</Th>
          <Th>From where</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <Td rowHead>
              <span className="block min-w-40">
                <Time at={row.at} absolute />
              </span>
            </Td>
            <Td>
              {row.actorName}
              {row.actorKind !== 'user' && (
                <span className="block text-xs text-ink-2">{row.actorKind}</span>
              )}
            </Td>
            <Td>
              <span className="block min-w-44">{wordsOf(row.action)}</span>
              <span className="block text-xs text-ink-2">{detailsOf(row.details)}</span>
            </Td>
            <Td>
              {row.targetName ?? row.targetKind}
              <span className="block text-xs text-ink-2">
                {row.targetKind} <Code>{row.targetId.slice(0, 8)}</Code>
              </span>
            </Td>
            <Td>
              {row.address}
              {row.userAgent && (
                <span className="block text-xs text-ink-2">{deviceOf(row.userAgent)}</span>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
