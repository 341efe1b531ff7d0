import { signedIn, unauthenticated } from '@/server/auth/context';
import { DomainError } from '@/server/errors';
import { readReportFile } from '@/server/reports/store';

export const dynamic = 'force-dynamic';

const CONTENT_TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  bib: 'application/x-bibtex; charset=utf-8',
  ris: 'application/x-research-info-systems; charset=utf-8',
  gz: 'application/gzip',
};

/** A file of the job's report; `?version=N` for an earlier one, `?download` to save it. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; name: string }> },
): Promise<Response> {
  const { id, name } = await params;
  const { searchParams } = new URL(request.url);
  const version = Number(searchParams.get('version')) || undefined;
  try {
    const known = await signedIn();
    if (!known) throw unauthenticated();
    const { bytes, reportHash } = await readReportFile({
      ctx: known.ctx,
      jobId: id,
      name,
      version,
    });
    const extension = name.slice(name.lastIndexOf('.') + 1);
    const asFile = searchParams.has('download') || !['html', 'pdf', 'json'].includes(extension);
    const saved = `phial-${reportHash.slice(0, 12)}-${name}`;
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': CONTENT_TYPES[extension] ?? 'application/octet-stream',
        'Content-Disposition': `${asFile ? 'attachment' : 'inline'}; filename="${saved}"`,
        'X-Content-Type-Options': 'nosniff',
        // A report holds words from outside: it may show itself and do nothing else.
        'Content-Security-Policy':
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox",
        'Cache-Control': 'private, no-cache',
        ETag: `"${reportHash}-${name}"`,
      },
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const status = error.code === 'UNAUTHENTICATED' ? 401 : 404;
    return Response.json({ error: error.reason, message: error.userMessage }, { status });
  }
}
