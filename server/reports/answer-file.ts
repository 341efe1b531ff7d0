/** A report's files over HTTP. */
import type { Ctx } from '@/server/context';
import { readReportFile } from './store';

const CONTENT_TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  bib: 'application/x-bibtex; charset=utf-8',
  ris: 'application/x-research-info-systems; charset=utf-8',
  gz: 'application/gzip',
};

/** Shown in place where a browser can do so safely, saved otherwise. Throws NOT_FOUND. */
export async function answerReportFile({
  ctx,
  jobId,
  name,
  version,
  save,
}: {
  ctx: Ctx;
  jobId: string;
  name: string;
  version?: number;
  save?: boolean;
}): Promise<Response> {
  const { bytes, reportHash } = await readReportFile({ ctx, jobId, name, version });
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const asFile = save || !['html', 'pdf', 'json'].includes(extension);
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
}
