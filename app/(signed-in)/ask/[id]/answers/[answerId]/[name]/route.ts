import { ANSWER_FILES, answerFile, exportAnswer } from '@/server/asking';
import { signedIn, unauthenticated } from '@/server/auth/context';
import { DomainError, notFound } from '@/server/errors';

export const dynamic = 'force-dynamic';

const CONTENT_TYPES = {
  'answer.json': 'application/json',
  'answer.md': 'text/markdown; charset=utf-8',
  'answer.html': 'text/html; charset=utf-8',
} as const;

const STATUS = { UNAUTHENTICATED: 401, CONFLICT: 409 } as const;

/** An answer as a file to keep. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ answerId: string; name: string }> },
): Promise<Response> {
  const { answerId, name: wanted } = await params;
  try {
    const known = await signedIn();
    if (!known) throw unauthenticated();
    const name = ANSWER_FILES.find((one) => one === wanted);
    if (!name) throw notFound('file');
    const answer = await exportAnswer({ ctx: known.ctx, answerId });
    return new Response(answerFile(answer, name), {
      headers: {
        'Content-Type': CONTENT_TYPES[name],
        'Content-Disposition': `attachment; filename="phial-${answer.answerHash.slice(0, 12)}-${name}"`,
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'Cache-Control': 'private, no-cache',
      },
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const status = STATUS[error.code as keyof typeof STATUS] ?? 404;
    return Response.json({ error: error.reason, message: error.userMessage }, { status });
  }
}
