import { forApi } from '@/server/api/call';
import { invalid } from '@/server/errors';
import { exportPapers } from '@/server/papers';
import { isUuid } from '@/server/papers/ids';
import { EXPORT_FORMATS, PAPER_LIMITS } from '@/server/papers/schema';

export const dynamic = 'force-dynamic';

/** `?format=bibtex&ids=…,…`: references of the chosen papers as a file. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return forApi(request, async ({ ctx }) => {
    const format = EXPORT_FORMATS.find((one) => one === searchParams.get('format'));
    if (!format) {
      throw invalid('FORMAT_UNKNOWN', `Choose one of these formats: ${EXPORT_FORMATS.join(', ')}.`);
    }
    const ids = (searchParams.get('ids') ?? '').split(',').filter(isUuid);
    if (ids.length > PAPER_LIMITS.selection) {
      throw invalid(
        'PAPERS_TOO_MANY',
        `Choose at most ${PAPER_LIMITS.selection} papers at a time.`,
      );
    }
    const { content, contentType, extension } = await exportPapers({ ctx, paperIds: ids, format });
    return new Response(content, {
      headers: {
        'Content-Type': contentType,
        'Content-Disposition': `attachment; filename="phial-papers.${extension}"`,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-cache',
      },
    });
  });
}
