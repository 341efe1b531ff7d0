/** The lines of a `phial.bundle/1` and how a pinned job finds its answers in them. */
import { z } from 'zod';
import { SOURCE_IDS } from '@/server/evidence/schema';
import type { AskedSource } from '@/server/sources/schema';
import { compareText } from './canonical';

export const BUNDLE_FORMAT = 'phial.bundle/1';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in lower-case hex');
const time = z.iso.datetime({ offset: true });

export const bundleHeaderSchema = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  /** `composed`: written for demonstration, never asked for. */
  origin: z.enum(['recorded', 'composed']),
  createdAt: time.nullable(),
  attributions: z.array(z.string()),
});
export type BundleHeader = z.infer<typeof bundleHeaderSchema>;

const requestFields = {
  source: z.enum(SOURCE_IDS),
  method: z.enum(['GET', 'POST']),
  /** Public https address as {@link publicUrl} writes it. In a composed bundle it is only the key. */
  url: z.url({ protocol: /^https$/ }),
  requestBodySha256: sha256.nullable(),
};

/** An answer. `bodyBase64` is null where the body's licence forbids passing it on (`--share`). */
const answerSchema = z.strictObject({
  ...requestFields,
  /** Null only in composed bundles: an answer as good as 200 that nobody gave. */
  status: z.int().min(100).max(599).nullable(),
  contentType: z.string().nullable(),
  retrievedAt: time.nullable(),
  sha256,
  bodyBase64: z.string().nullable(),
});
export type AnswerLine = z.infer<typeof answerSchema>;

/** A request that got no answer; replayed as the same failure. */
const failureSchema = z.strictObject({
  ...requestFields,
  status: z.null(),
  retrievedAt: time.nullable(),
  error: z.string().min(1),
});
export type FailureLine = z.infer<typeof failureSchema>;

/** Gathering that was cut short: after so many requests of a step, with this reason. */
const cutSchema = z.strictObject({
  source: z.enum(SOURCE_IDS),
  step: z.string().min(1),
  cut: z.enum(['budget', 'finish-early', 'cancelled']),
  afterRequests: z.int().nonnegative(),
  status: z.null(),
  error: z.null(),
});
export type CutLine = z.infer<typeof cutSchema>;

export type RequestLine = AnswerLine | FailureLine;
export type BundleLine = RequestLine | CutLine;

/** What an answer is looked up by. */
export type RequestKey = Pick<RequestLine, 'method' | 'url' | 'requestBodySha256'> & {
  source: AskedSource;
};

export const isCut = (line: BundleLine): line is CutLine => 'cut' in line;
export const isFailure = (line: BundleLine): line is FailureLine => 'error' in line && !isCut(line);
export const isAnswer = (line: BundleLine): line is AnswerLine => 'sha256' in line;

/** Reads one line after the first; the reason says which field is wrong. */
export function parseBundleLine(
  value: unknown,
  origin: BundleHeader['origin'],
): { line: BundleLine } | { reason: string } {
  if (value === null || typeof value !== 'object') return { reason: 'it is not an object' };
  const schema = 'cut' in value ? cutSchema : 'error' in value ? failureSchema : answerSchema;
  const result = schema.safeParse(value);
  if (!result.success) return { reason: firstIssue(result.error) };
  const line = result.data;
  if (isAnswer(line)) {
    if (origin === 'composed' && line.retrievedAt !== null) {
      return { reason: 'a composed answer cannot state when it was retrieved' };
    }
    if (origin === 'recorded' && (line.status === null || line.retrievedAt === null)) {
      return { reason: 'a recorded answer must state its status and time' };
    }
  }
  return { line };
}

export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'it has another form';
  const path = issue.path.join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}

/** Parameters that say who asks, not what is asked. */
const PRIVATE_PARAMETERS = new Set(['api_key', 'apikey', 'tool', 'email', 'mailto']);

/**
 * The address of a request as bundles and reports show it: query sorted by name and value in code
 * units, each percent-encoded alike, without keys and contacts, without fragment.
 */
export function publicUrl(address: string): string {
  const url = new URL(address);
  const pairs = [...url.searchParams]
    .filter(([name]) => !PRIVATE_PARAMETERS.has(name.toLowerCase()))
    .sort(([a, x], [b, y]) => compareText(a, b) || compareText(x, y));
  const query = pairs
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${url.origin}${url.pathname}${query === '' ? '' : `?${query}`}`;
}

/**
 * The order of lines in a file: by source, then answers and failures by key, then cuts by step.
 * Lines of one key keep the order they were asked in, for the last one counts.
 */
export function compareBundleLines(a: BundleLine, b: BundleLine): number {
  return compareText(orderKey(a), orderKey(b));
}

function orderKey(line: BundleLine): string {
  return isCut(line) ? `${line.source}\n1\n${line.step}` : `${line.source}\n0\n${keyText(line)}`;
}

function keyText(key: RequestKey): string {
  return [key.source, key.method, publicUrl(key.url), key.requestBodySha256 ?? ''].join('\n');
}

export interface BundleIndex {
  /** The recorded answer or failure of a request; null when the bundle does not hold it. */
  find(key: RequestKey): RequestLine | null;
  /** The cut that ended a step, or null. */
  cut(source: CutLine['source'], step: string): CutLine | null;
}

/** Finds lines by request; where a key stands twice (a retry), the last line counts. */
export function createBundleIndex(lines: Iterable<BundleLine>): BundleIndex {
  const requests = new Map<string, RequestLine>();
  const cuts = new Map<string, CutLine>();
  for (const line of lines) {
    if (isCut(line)) cuts.set(`${line.source}\n${line.step}`, line);
    else requests.set(keyText(line), line);
  }
  return {
    find: (key) => requests.get(keyText(key)) ?? null,
    cut: (source, step) => cuts.get(`${source}\n${step}`) ?? null,
  };
}
