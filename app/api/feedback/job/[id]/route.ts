import { handleApi } from '@/server/api/handle';

export const dynamic = 'force-dynamic';

/** How a job's records stand: the same answer as `/api/v1/feedback/job/{id}`. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  return handleApi(request, `/feedback/job/${(await params).id}`);
}
