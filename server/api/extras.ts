/** What the API offers beside procedures that answer JSON: files and streams. */
import { z } from 'zod';
import { invalid } from '@/server/errors';
import { answerReportFile } from '@/server/reports/answer-file';
import { subscribe } from '@/server/trpc/stream';
import { type ApiCall, spendRead } from './handle';
import type { Tag } from './route';

export interface Extra {
  method: 'GET';
  path: string;
  tag: Tag;
  operationId: string;
  summary: string;
  contentType: string;
  /** Of the query, by name: what it says. */
  query: Record<string, string>;
  handle(call: ApiCall, values: Record<string, string>): Promise<Response>;
}

export const EXTRAS: readonly Extra[] = [
  {
    method: 'GET',
    path: '/jobs/{jobId}/events',
    tag: 'jobs',
    operationId: 'jobs.watch',
    summary:
      'Events of a job as they happen (server-sent events; `json` of each holds the event). Goes on after the Last-Event-ID header.',
    contentType: 'text/event-stream',
    query: { after: 'Number of the last event that is known already' },
    handle: watch,
  },
  {
    method: 'GET',
    path: '/jobs/{jobId}/files/{name}',
    tag: 'jobs',
    operationId: 'jobs.file',
    summary:
      'A file of the report: report.html, report.pdf, report.json, evidence.csv, references.bib, references.ris, references.csl.json or bundle.ndjson.gz',
    contentType: 'application/octet-stream',
    query: { version: 'An earlier version of the report' },
    async handle(call, { jobId = '', name = '' }) {
      await spendRead(call);
      return answerReportFile({
        ctx: call.ctx,
        jobId: uuid(jobId),
        name,
        version: Number(queryOf(call.request).get('version')) || undefined,
      });
    },
  },
];

const queryOf = (request: Request) => new URL(request.url).searchParams;
const uuid = (text: string): string => z.uuid().parse(text);

/** The stream that browsers read too, of this one job. */
async function watch(
  { request, context }: ApiCall,
  { jobId = '' }: Record<string, string>,
): Promise<Response> {
  const after = Number(queryOf(request).get('after') ?? 0);
  if (!Number.isSafeInteger(after) || after < 0) {
    throw invalid('INPUT_INVALID', '`after` is the number of an event.');
  }
  const input = { jobs: [{ id: uuid(jobId), after }] };
  return subscribe(request, context, input);
}
