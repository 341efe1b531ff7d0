/** How each HTTP route is asked. A new one needs its line here. */
import type { Permission } from '@/server/context';
import type { Things } from './things';

export interface Call {
  /** Null: anyone may, and it shows nothing of a workspace. */
  permission: Permission | null;
  path?: (things: Things) => string;
  params?: (things: Things) => Record<string, string | string[]>;
  body?: (things: Things) => unknown;
  /** It names a thing of a workspace: a stranger's is not found. */
  names?: true;
  /** What it names is not among the owner's things either, so that its own people do not find it. */
  bare?: true;
}

const anyone: Call = { permission: null };
const read = (call: Partial<Call> = {}): Call => ({ permission: 'job.read', ...call });
const ofJob = (call: Partial<Call> = {}): Call =>
  read({ names: true, params: ({ jobId }) => ({ id: jobId }), ...call });

function oneFile(): FormData {
  const form = new FormData();
  form.set('file', new Blob(['%PDF-1.4 and nothing more']), 'one.pdf');
  return form;
}

/** By method and file. */
export const ROUTES: Record<string, Call> = {
  'GET app/(signed-in)/ask/[id]/answers/[answerId]/[name]/route.ts': {
    permission: 'paper.read',
    names: true,
    params: ({ answerId }) => ({ answerId, name: 'answer.json' }),
  },
  // Its paper has no file.
  'GET app/(signed-in)/papers/[id]/file/route.ts': {
    permission: 'paper.read',
    names: true,
    bare: true,
    params: ({ paperId }) => ({ id: paperId }),
  },
  'GET app/(signed-in)/papers/export/route.ts': {
    permission: 'paper.read',
    names: true,
    path: ({ paperId }) => `/papers/export?format=ris&ids=${paperId}`,
  },
  'GET app/pdfjs/[version]/[...path]/route.ts': {
    ...anyone,
    params: () => ({ version: '1', path: ['pdf.worker.min.mjs'] }),
  },
  'POST app/api/papers/uploads/route.ts': { permission: 'paper.write', body: oneFile },
  'PUT app/api/papers/uploads/[batch]/[slot]/route.ts': {
    permission: 'paper.write',
    names: true,
    params: ({ batchId }) => ({ batch: batchId, slot: '1' }),
    body: () => new Blob(['%PDF-1.4 and nothing more']),
  },
  'GET app/(signed-in)/compare/comparison.csv/route.ts': read({
    names: true,
    bare: true,
    path: ({ jobId }) => `/compare/comparison.csv?jobs=${jobId}`,
  }),
  'GET app/(signed-in)/runs/[id]/files/[name]/route.ts': read({
    names: true,
    bare: true,
    params: ({ jobId }) => ({ id: jobId, name: 'report.html' }),
  }),
  'GET app/(signed-in)/settings/audit/audit-log.csv/route.ts': { permission: 'audit.read' },
  'GET app/api/auth/callback/oidc/route.ts': anyone,
  'POST app/api/auth/token/route.ts': anyone,
  'GET app/api/feedback/job/[id]/route.ts': ofJob(),
  'GET app/api/feedback/stats/route.ts': read(),
  'POST app/api/feedback/route.ts': {
    ...ofJob(),
    permission: 'feedback.write',
    body: ({ jobId, evidenceId }) => ({
      job_id: jobId,
      evidence_id: evidenceId,
      feedback_type: 'upvote',
    }),
  },
  'GET app/api/health/route.ts': anyone,
  'GET app/api/v1/health/route.ts': anyone,
  'GET app/api/structure/route.ts': read({ path: () => '/api/structure?smiles=CCO' }),
  'DELETE app/jobs/[id]/route.ts': { ...ofJob(), permission: 'job.control' },
  'GET app/jobs/[id]/route.ts': ofJob(),
  'GET app/jobs/route.ts': read(),
  'GET app/openapi.json/route.ts': anyone,
  'GET app/reports/[file]/route.ts': read({
    names: true,
    bare: true,
    params: ({ jobId }) => ({ file: `${jobId}.html` }),
  }),
  'POST app/research/route.ts': { permission: 'job.submit', body: () => ({ molecule: 'aspirin' }) },
  'GET app/status/[id]/route.ts': ofJob(),
};

/** Whose procedures are called one by one elsewhere, by every way in that they have. */
export const DISPATCHERS = [
  'app/api/[...rest]/route.ts',
  'app/api/trpc/[trpc]/route.ts',
  'app/api/v1/[...path]/route.ts',
];
