/** What the audit log speaks of. Browser-safe. */

/** Every action that is recorded, and how the log puts it. A domain adds its lines here. */
export const AUDIT_ACTIONS = {
  'session.signed-in': 'Signed in',
  'session.signed-out': 'Signed out',
  'session.token-issued': 'Made a one-time token for a program',
  'session.revoked': 'Ended a session',
  'session.all-revoked': 'Ended all other sessions',
  'account.registered': 'Registered',
  'account.renamed': 'Changed their name',
  'account.password-changed': 'Changed their password',
  'account.password-reset': 'Reset their password',
  'account.email-confirmed': 'Confirmed an e-mail address',
  'workspace.created': 'Created the workspace',
  'workspace.renamed': 'Renamed the workspace',
  'member.invited': 'Invited',
  'member.invitation-revoked': 'Withdrew an invitation',
  'member.joined': 'Joined',
  'member.role-changed': 'Changed a role',
  'member.removed': 'Removed a member',
  'member.left': 'Left',
  'member.handed-over': 'Handed the workspace over',
  'job.submitted': 'Submitted a job',
  'job.cancelled': 'Cancelled a job',
  'job.finished-early': 'Finished a job early',
  'job.choice-made': 'Chose the compound of a job',
  'job.retried': 'Ran steps of a job again',
  'paper.removed': 'Put a paper into the bin',
  'paper.restored': 'Took a paper out of the bin',
  'paper.purged': 'Purged a paper',
  'key.created': 'Made an API key',
  'key.revoked': 'Revoked an API key',
  'flag.decided': 'Decided about a flag',
  'audit.exported': 'Exported the audit log',
} as const;
export type AuditAction = keyof typeof AUDIT_ACTIONS;

export interface AuditTarget {
  /** What kind of thing: `member`, `paper`, `key`, … */
  kind: string;
  id: string;
  /** As people know it; names change, the entry does not. */
  name?: string | null;
}
