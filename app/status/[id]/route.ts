import { forApi } from '@/server/api/call';
import { answerCall } from '@/server/api/handle';

export const dynamic = 'force-dynamic';

/** How a job stands: the same answer as `/api/v1/jobs/{id}`. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  return forApi(request, async (call) =>
    answerCall('jobs.get', { jobId: (await params).id }, call),
  );
}
