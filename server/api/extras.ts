/** What the API offers beside procedures that answer JSON: files and streams. */
import { z } from 'zod';
import { invalid } from '@/server/errors';
import { addFile } from '@/server/papers';
import { answerReportFile } from '@/server/reports/answer-file';
import { subscribe } from '@/server/trpc/stream';
import { type ApiCall, spendCall } from './call';
import type { Tag } from './route';

export interface Extra {
  method: 'GET' | 'PUT';
  path: string;
  tag: Tag;
  operationId: string;
  summary: string;
  /** Of the answer; of the request's body too, where one is sent. */
  contentType: string;
  sends?: 'application/pdf';
  /** Of the request, by name: what it says. */
  headers?: Record<string, string>;
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
      await spendCall(call, 'reads');
      return answerReportFile({
        ctx: call.ctx,
        jobId: uuid(jobId),
        name,
        version: Number(queryOf(call.request).get('version')) || undefined,
      });
    },
  },
  {
    method: 'PUT',
    path: '/papers/batches/{batchId}/files/{slot}',
    tag: 'papers',
    operationId: 'papers.addFile',
    summary: 'The bytes of one PDF into a slot of a batch; sent again they lead to the same paper',
    contentType: 'application/json',
    sends: 'application/pdf',
    headers: { 'X-File-Name': 'Name of the file, percent-encoded' },
    query: {},
    handle: (call, { batchId = '', slot = '' }) => addToBatch(call, uuid(batchId), Number(slot)),
  },
];

const queryOf = (request: Request) => new URL(request.url).searchParams;
const uuid = (text: string): string => z.uuid().parse(text);

/** Of a batch the opening is counted, and of files what a batch may hold. */
export async function addToBatch(call: ApiCall, batchId: string, slot: number): Promise<Response> {
  const { ctx, request } = call;
  if (!request.body) throw invalid('FILE_EMPTY', 'This request has no bytes to store.');
  const fileName = nameIn(request.headers.get('X-File-Name'));
  const added = await addFile({
    ctx,
    input: { bytes: request.body, fileName, slot: { batchId, number: slot } },
  });
  return Response.json(added, { status: added.isNew ? 201 : 200 });
}

/** Names travel percent-encoded: headers hold ASCII. */
function nameIn(header: string | null): string {
  try {
    return decodeURIComponent(header ?? '');
  } catch {
    return header ?? '';
  }
}

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
