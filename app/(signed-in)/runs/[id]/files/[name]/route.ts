import { forApi } from '@/server/api/call';
import { answerReportFile } from '@/server/reports/answer-file';

export const dynamic = 'force-dynamic';

/** A file of the job's report; `?version=N` for an earlier one, `?download` to save it. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; name: string }> },
): Promise<Response> {
  const { id, name } = await params;
  const { searchParams } = new URL(request.url);
  return forApi(request, ({ ctx }) =>
    answerReportFile({
      ctx,
      jobId: id,
      name,
      version: Number(searchParams.get('version')) || undefined,
      save: searchParams.has('download'),
    }),
  );
}
