import { auditCsv } from '@/components/people/audit-csv';
import { exportAudit } from '@/server/audit';
import { signedIn, unauthenticated } from '@/server/auth/context';
import { DomainError } from '@/server/errors';
import { filterOf, loadQuery } from '../address';

export const dynamic = 'force-dynamic';

/** The audit log under the filter of the address, as a file. */
export async function GET(request: Request): Promise<Response> {
  try {
    const known = await signedIn();
    if (!known) throw unauthenticated();
    const filter = filterOf(loadQuery(new URL(request.url).searchParams));
    const rows = await exportAudit({ ctx: known.ctx, filter });
    const day = new Date().toISOString().slice(0, 10);
    return new Response(auditCsv(rows), {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="phial-audit-log-${day}.csv"`,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const status = error.code === 'UNAUTHENTICATED' ? 401 : 403;
    return Response.json({ error: error.reason, message: error.userMessage }, { status });
  }
}
