/** The address of the audit log: what is filtered, and which page of it. */
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import { AUDIT_ACTIONS, type AuditAction } from '@/server/audit';

const actions = Object.keys(AUDIT_ACTIONS) as AuditAction[];

const parsers = {
  action: parseAsStringLiteral(actions),
  q: parseAsString,
  from: parseAsString,
  to: parseAsString,
  page: parseAsInteger.withDefault(1),
};

export const loadQuery = createLoader(parsers);
export type AuditQuery = inferParserType<typeof parsers>;
export const auditHref = createSerializer(parsers);

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = (text: string | null) =>
  text && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;

export const filterOf = ({ action, q, from, to }: AuditQuery) => ({
  action,
  search: q?.slice(0, 200) || null,
  from: day(from),
  to: day(to),
});
