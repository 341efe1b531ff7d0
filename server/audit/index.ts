export { type AuditEntry, recordAudit } from './record';
export { AUDIT_ACTIONS, type AuditAction, type AuditTarget } from './schema';
