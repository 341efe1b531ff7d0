export { AUDIT_EXPORT_ROWS, AUDIT_PAGE, type AuditRow, exportAudit, listAudit } from './queries';
export { type AuditEntry, recordAudit } from './record';
export { AUDIT_ACTIONS, type AuditAction, type AuditTarget } from './schema';
