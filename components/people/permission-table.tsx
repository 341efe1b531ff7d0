import { Table, Td, Th } from '@/components/ui/table';
import type { Permission } from '@/server/context';

/** Each permission in words; one without them does not compile. */
const WORDS: Record<Permission, string> = {
  'job.read': 'Read jobs, evidence and reports, and export them',
  'job.submit': 'Submit jobs',
  'job.control': 'Cancel, finish and repeat jobs',
  'paper.read': 'Read papers and answers, and search them',
  'paper.write': 'Add, edit and delete papers',
  'question.ask': 'Ask questions of papers',
  'feedback.read': 'See votes, flags and statistics',
  'feedback.write': 'Vote on evidence and flag it',
  'feedback.review': 'Decide about flags',
  'account.manage': 'Keep one’s own account and sessions',
  'member.read': 'See who is a member',
  'member.manage': 'Invite, remove and change members',
  'workspace.manage': 'Rename the workspace',
  'operation.read': 'See how cache, limits and processes stand',
  'operation.manage': 'Empty and warm the cache',
  'key.manage': 'Make and revoke API keys',
  'audit.read': 'Read and export the audit log',
};

const ROLES = ['viewer', 'researcher', 'admin'] as const;

/** Who may do what, from the table that is enforced. */
export function PermissionTable({
  permissions,
}: {
  permissions: Record<Permission, readonly string[]>;
}) {
  return (
    <Table label="Who may do what">
      <thead>
        <tr>
          <Th>What</Th>
          {ROLES.map((role) => (
            <Th key={role}>{role}</Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Object.entries(WORDS).map(([permission, words]) => (
          <tr key={permission}>
            <Td rowHead>
              <span className="block min-w-44 font-normal">{words}</span>
            </Td>
            {ROLES.map((role) => (
              <Td key={role}>
                {permissions[permission as Permission].includes(role) ? (
                  'yes'
                ) : (
                  <span className="text-ink-2">no</span>
                )}
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
