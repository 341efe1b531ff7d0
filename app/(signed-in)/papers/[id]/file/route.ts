import { Readable } from 'node:stream';
import { signedIn, unauthenticated } from '@/server/auth/context';
import { DomainError } from '@/server/errors';
import { openPaperFile } from '@/server/papers';
import { wantedRange } from './range';

export const dynamic = 'force-dynamic';

type Params = { params: Promise<{ id: string }> };

/** A paper's PDF, or the part that is asked for; `?download` to save it. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  try {
    return await answer(request, (await params).id);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const status = error.code === 'UNAUTHENTICATED' ? 401 : 404;
    return Response.json({ error: error.reason, message: error.userMessage }, { status });
  }
}

async function answer(request: Request, paperId: string): Promise<Response> {
  const known = await signedIn();
  if (!known) throw unauthenticated();
  const { ctx } = known;
  const range = request.headers.get('range');
  const whole = await openPaperFile({ ctx, paperId });
  const headers = new Headers({
    'Content-Type': 'application/pdf',
    'Content-Disposition': disposition(
      new URL(request.url).searchParams.has('download'),
      whole.fileName,
    ),
    'X-Content-Type-Options': 'nosniff',
    // The file came from outside: shown by itself, it may do nothing.
    'Content-Security-Policy': "default-src 'none'; object-src 'self'; sandbox",
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
    ETag: `"${whole.sha256}"`,
  });
  if (request.headers.get('if-none-match') === headers.get('ETag')) {
    whole.stream.destroy();
    return new Response(null, { status: 304, headers });
  }
  const wanted = wantedRange(range, whole.bytes);
  if (wanted === 'whole') {
    headers.set('Content-Length', String(whole.bytes));
    return new Response(body(whole.stream), { headers });
  }
  whole.stream.destroy();
  if (wanted === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${whole.bytes}`);
    return new Response(null, { status: 416, headers });
  }
  const { stream } = await openPaperFile({ ctx, paperId, part: wanted });
  headers.set('Content-Length', String(wanted.end - wanted.start + 1));
  headers.set('Content-Range', `bytes ${wanted.start}-${wanted.end}/${whole.bytes}`);
  return new Response(body(stream), { status: 206, headers });
}

const body = (stream: Readable) => Readable.toWeb(stream) as ReadableStream;

/** The name as it was uploaded, in the form that every browser reads (RFC 6266). */
function disposition(download: boolean, fileName: string): string {
  const plain = fileName.replace(/[^\w .()-]/g, '_').slice(0, 150) || 'paper.pdf';
  const encoded = encodeURIComponent(fileName.replace(/\p{Cs}/gu, '_'));
  return `${download ? 'attachment' : 'inline'}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
