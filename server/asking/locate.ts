/** Finds cited passages on their pages again, to be shown there. Never guesses. */
import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { paperPages, papers } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import type { PageWord } from '@/server/papers/reading';
import { type Mark, markSchema } from './marks';
import { type Rect, rectsOf } from './rects';

export const locateInput = z.object({
  paperId: z.uuid(),
  marks: z.array(markSchema).max(200),
});

export type Located = { mark: Mark } & (
  | { state: 'found'; quote: string; rects: Rect[] }
  | { state: 'missing'; why: string }
);

/**
 * Where each mark stands on its page, in their order. A mark whose page has another text than the one
 * it was made on is missing. Throws NOT_FOUND for a paper that is not there or lies in the bin.
 */
export async function locateMarks({
  ctx,
  paperId,
  marks,
}: {
  ctx: Ctx;
  paperId: string;
  marks: readonly Mark[];
}): Promise<Located[]> {
  authorise(ctx, 'paper.read');
  return inWorkspace(ctx, async (tx) => {
    const [paper] = await tx
      .select({ deletedAt: papers.deletedAt })
      .from(papers)
      .where(eq(papers.id, paperId));
    if (!paper || paper.deletedAt) throw notFound('paper');
    if (marks.length === 0) return [];
    const rows = await tx
      .select()
      .from(paperPages)
      .where(
        and(
          eq(paperPages.paperId, paperId),
          inArray(paperPages.number, [...new Set(marks.map(({ page }) => page))]),
        ),
      );
    return marks.map((mark) =>
      locate(
        mark,
        rows.find(({ number }) => number === mark.page),
      ),
    );
  });
}

function locate(mark: Mark, page: typeof paperPages.$inferSelect | undefined): Located {
  const missing = (why: string): Located => ({ mark, state: 'missing', why });
  if (!page) return missing(`This paper has no page ${mark.page} that was read.`);
  if (!page.textSha256.startsWith(mark.textSha256)) {
    return missing(
      `Page ${mark.page} was read anew since, or this address was changed: its text is not the one that was quoted.`,
    );
  }
  const quote = page.text.slice(mark.start, mark.end);
  const { width: widthPt, height: heightPt } = page;
  const rects = rectsOf(
    { widthPt, heightPt, words: page.words as PageWord[] },
    mark.start,
    mark.end,
  );
  if (quote.trim() === '' || rects.length === 0) {
    return missing(`There are no words at this place of page ${mark.page}.`);
  }
  return { mark, state: 'found', quote, rects };
}
