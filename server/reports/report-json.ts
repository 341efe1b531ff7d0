/** Reads report.json back: its shape, not yet its truth. */
import { z } from 'zod';
import { EVIDENCE_KINDS, type Json, OUTCOMES, SOURCE_IDS } from '@/server/evidence/schema';
import { firstIssue } from './bundle-lines';
import { LABELS, REPORT_SCHEMA, type Report } from './schema';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in lower-case hex');
const count = z.int().nonnegative();
const offset = z.int().nonnegative();
const interval = z.strictObject({ low: z.number(), high: z.number() });
const label = z.enum(LABELS);
const json = z.json() as z.ZodType<Json>;

const place = { evidenceId: sha256, snapshotSha256: sha256 };
const citation = z.union([
  z.strictObject({ ...place, pointer: z.string(), value: json }),
  z.strictObject({
    ...place,
    pointer: z.string(),
    start: offset,
    end: offset,
    quote: z.string(),
  }),
  z.strictObject({
    ...place,
    start: offset,
    end: offset,
    quote: z.string(),
    display: z.string(),
  }),
]);

const slot = z.union([
  z.strictObject({ citation: offset }),
  z.strictObject({ derive: z.string(), from: z.array(z.union([z.string(), offset])) }),
]);

const claim = z.strictObject({
  id: z.string().min(1),
  section: z.string(),
  template: z.string(),
  slots: z.record(z.string(), slot),
  text: z.string(),
  phrased: z.strictObject({ text: z.string(), sha256, verdict: z.literal('verified') }).optional(),
  citations: z.array(citation).min(1, 'a claim needs a citation'),
  verdict: z.literal('verified'),
});

const term = z.strictObject({
  name: z.string(),
  weight: z.number(),
  value: z.number().nullable(),
  contribution: interval,
  evidenceIds: z.array(sha256),
});

const candidate = z.strictObject({
  indication: z.string(),
  ids: z.strictObject({ mesh: z.string().nullable(), efo: z.array(z.string()) }),
  label: label.nullable(),
  labelReason: z.string(),
  support: interval,
  against: interval,
  interval,
  terms: z.array(term),
  unknown: z.array(z.string()),
  flips: z.array(z.strictObject({ label, change: z.string() })),
  bestPhase: z.string().nullable(),
  approved: z.boolean(),
  trials: z.strictObject({
    total: count,
    studied: count,
    byStatus: z.record(z.string(), count),
    stopped: count,
    negative: count,
    withResults: count,
  }),
  articles: z.strictObject({ supports: count, contradicts: count, unclear: count }),
  evidenceIds: z.array(sha256),
});

const reportShape = z.strictObject({
  schema: z.literal(REPORT_SCHEMA),
  reportHash: sha256,
  job: z.strictObject({
    id: z.string(),
    kind: z.string(),
    status: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  }),
  subject: z.strictObject({
    name: z.string(),
    canonicalSmiles: z.string().nullable(),
    inchiKey: z.string().nullable(),
    matchedBy: z.string(),
    xrefs: z.record(z.string(), z.string()),
  }),
  options: z.strictObject({
    indication: z.string().nullable(),
    sources: z.array(z.enum(SOURCE_IDS)),
    maxRequests: count,
  }),
  decision: z.strictObject({
    label: label.nullable(),
    candidate: z.string().nullable(),
    reason: z.string(),
  }),
  candidates: z.array(candidate),
  sources: z.array(
    z.strictObject({
      id: z.enum(SOURCE_IDS),
      outcome: z.enum(OUTCOMES),
      reason: z.string().nullable(),
      requests: count,
      records: count,
      retrievedAt: z.string().nullable(),
    }),
  ),
  evidence: z.array(
    z.strictObject({
      id: sha256,
      kind: z.enum(EVIDENCE_KINDS),
      source: z.enum(SOURCE_IDS),
      externalId: z.string(),
      title: z.string(),
      url: z.string(),
      publishedOn: z.string().nullable(),
      level: z.enum(['L1', 'L2', 'L3', 'L4', 'L5', 'L6']).nullable(),
      licence: z.string(),
      connectorVersion: z.string(),
      retrievedAt: z.string().nullable(),
      snapshotSha256: sha256,
    }),
  ),
  claims: z.array(claim),
  dropped: count,
  droppedPhrasings: count,
  attributions: z.array(z.string()),
  versions: z.strictObject({ app: z.string(), weights: z.string(), rdkit: z.string() }),
}) satisfies z.ZodType<Report>;

/** A report.json that cannot be read, and where. */
export class ReportUnreadable extends Error {
  override name = 'ReportUnreadable';
  constructor(
    readonly line: number | null,
    problem: string,
  ) {
    super(problem);
  }
}

/** Parses report.json. Throws ReportUnreadable naming the line or the field. */
export function parseReport(text: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ReportUnreadable(lineOf(message, text), `it is not JSON (${message})`);
  }
  const result = reportShape.safeParse(value);
  if (result.success) return result.data;
  throw new ReportUnreadable(null, `it is no ${REPORT_SCHEMA} (${firstIssue(result.error)})`);
}

/** Of a JSON error. V8 states the character where parsing stopped, or that the text ended. */
export function lineOf(message: string, text: string): number | null {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return /end of JSON/.test(message) ? text.split('\n').length : null;
  return text.slice(0, Number(position)).split('\n').length;
}
