import { feedbackCallOf } from '@/server/api/aliases';
import { forApi } from '@/server/api/call';
import { callProcedure } from '@/server/api/handle';
import { readJson } from '@/server/api/input';

export const dynamic = 'force-dynamic';

/** `upvote`, `downvote` or `flag` on a record of a job, which may be named by its source's id. */
export function POST(request: Request): Promise<Response> {
  return forApi(request, async (call) => {
    const body = await readJson(request);
    const { procedure, input } = feedbackCallOf(body);
    const answer = (await callProcedure(procedure, input, call)) as { evidenceId: string };
    const { job_id, feedback_type } = body;
    const said = { job_id, evidence_id: answer.evidenceId, feedback_type };
    return Response.json(said, { status: 201, headers: { 'Cache-Control': 'no-store' } });
  });
}
