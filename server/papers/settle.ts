import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { papers } from '@/db/schema';

/** A paper whose job ended before it was read says why; one that was read keeps its state. */
export async function settlePaper(
  tx: Tx,
  paperId: string,
  end: { reason: string | null; message: string | null },
): Promise<void> {
  await tx
    .update(papers)
    .set({
      processingStatus: 'failed',
      errorCode: end.reason,
      errorMessage: end.message,
      sealedPassword: null,
    })
    .where(
      and(
        eq(papers.id, paperId),
        inArray(papers.processingStatus, ['pending', 'parsing', 'indexing']),
      ),
    );
}
