import { compareCsv } from '@/components/compare/csv';
import { signedIn, unauthenticated } from '@/server/auth/context';
import { DomainError, notFound } from '@/server/errors';
import { compareJobs } from '@/server/reports/compare';
import { loadQuery } from '../address';

export const dynamic = 'force-dynamic';

/** The comparison at `?jobs=a,b` as a file. */
export async function GET(request: Request): Promise<Response> {
  const { jobs } = loadQuery(new URL(request.url).searchParams);
  try {
    const known = await signedIn();
    if (!known) throw unauthenticated();
    const { molecules } = await compareJobs({ ctx: known.ctx, jobIds: jobs });
    if (molecules.length === 0) throw notFound('report');
    const names = molecules.map(({ name }) => name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40));
    return new Response(compareCsv(molecules), {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="phial-comparison-${names.join('-')}.csv"`,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-cache',
      },
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const status = error.code === 'UNAUTHENTICATED' ? 401 : 404;
    return Response.json({ error: error.reason, message: error.userMessage }, { status });
  }
}
