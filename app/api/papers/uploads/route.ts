import { forApi, spendCall } from '@/server/api/call';
import { DomainError } from '@/server/errors';
import { addFile } from '@/server/papers';
import { eachFile } from './multipart';

export const dynamic = 'force-dynamic';

/**
 * The library's form as browsers send it before scripts have loaded: each file becomes a paper, and
 * the library says in its address what became of them.
 */
export async function POST(request: Request): Promise<Response> {
  return forApi(request, async (call) => {
    await spendCall(call, 'uploads');
    const outcome = new URLSearchParams();
    const counts = { added: 0, known: 0 };
    await eachFile(request, async ({ name, bytes }) => {
      try {
        const { isNew } = await addFile({ ctx: call.ctx, input: { bytes, fileName: name } });
        counts[isNew ? 'added' : 'known'] += 1;
      } catch (error) {
        // Of a broken request nothing more will come; of an unfit file, the others may be fit.
        if (!(error instanceof DomainError) || error.code !== 'INVALID') throw error;
        outcome.append('refused', error.userMessage);
      }
    });
    for (const [name, n] of Object.entries(counts)) if (n > 0) outcome.set(name, String(n));
    return new Response(null, { status: 303, headers: { Location: `/papers?${outcome}` } });
  });
}
