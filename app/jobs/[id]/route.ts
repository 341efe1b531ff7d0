import { handleApi } from '@/server/api/handle';

export const dynamic = 'force-dynamic';

/** One job to read or to cancel, as at `/api/v1/jobs/{id}`. */
async function handle(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  return handleApi(request, `/jobs/${(await params).id}`);
}

export { handle as DELETE, handle as GET };
