import { submissionOf } from '@/server/api/aliases';
import { forApi } from '@/server/api/call';
import { callProcedure } from '@/server/api/handle';
import { readJson } from '@/server/api/input';
import type { Submitted } from '@/server/jobs/submit';

export const dynamic = 'force-dynamic';

/** `{molecule}` or `{smiles}`: submits a job and says where to look for it. */
export function POST(request: Request): Promise<Response> {
  return forApi(request, async (call) => {
    const idempotencyKey = request.headers.get('idempotency-key');
    const input = submissionOf(await readJson(request), idempotencyKey);
    const { jobId, created } = (await callProcedure('jobs.submit', input, call)) as Submitted;
    const body = { job_id: jobId, created, status_url: `/status/${jobId}` };
    return Response.json(body, { status: 202, headers: { Location: body.status_url } });
  });
}
