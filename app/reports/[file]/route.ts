import { reportFileOf } from '@/server/api/aliases';
import { forApi } from '@/server/api/call';
import { notFound } from '@/server/errors';
import { answerReportFile } from '@/server/reports/answer-file';

export const dynamic = 'force-dynamic';

/** The latest report of a job: `/reports/{id}.html`, `.pdf` or `.json`. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ file: string }> },
): Promise<Response> {
  return forApi(request, async ({ ctx }) => {
    const file = reportFileOf((await params).file);
    if (!file) throw notFound('report');
    return answerReportFile({ ctx, ...file });
  });
}
