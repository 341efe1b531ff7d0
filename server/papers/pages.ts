/** What was read of a paper, page by page. */
import { and, asc, between, eq } from 'drizzle-orm';
import { paperPages, papers } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import { requirePaperId } from './ids';
import type { PageRead } from './reading';

/** Pages of a paper as they were read, from `from` to `to`. Empty while they are not read. */
export async function paperPagesOf({
  ctx,
  paperId,
  from,
  to,
}: {
  ctx: Ctx;
  paperId: string;
  from: number;
  to: number;
}): Promise<PageRead[]> {
  authorise(ctx, 'paper.read');
  requirePaperId(paperId);
  return inWorkspace(ctx, async (tx) => {
    const [known] = await tx.select({ id: papers.id }).from(papers).where(eq(papers.id, paperId));
    if (!known) throw notFound('paper');
    const rows = await tx
      .select()
      .from(paperPages)
      .where(and(eq(paperPages.paperId, paperId), between(paperPages.number, from, to)))
      .orderBy(asc(paperPages.number));
    return rows.map((row) => ({
      number: row.number,
      widthPt: row.width,
      heightPt: row.height,
      text: row.text,
      textSha256: row.textSha256,
      words: row.words as PageRead['words'],
      blocks: row.blocks as PageRead['blocks'],
      hidden: row.hidden as PageRead['hidden'],
      error: row.error,
    }));
  });
}

/** SHA-256 of the text of every page that was read, by number: what places in it are of. */
export async function pageTextHashes({
  ctx,
  paperId,
}: {
  ctx: Ctx;
  paperId: string;
}): Promise<Map<number, string>> {
  authorise(ctx, 'paper.read');
  requirePaperId(paperId);
  const rows = await inWorkspace(ctx, (tx) =>
    tx
      .select({ number: paperPages.number, textSha256: paperPages.textSha256 })
      .from(paperPages)
      .where(eq(paperPages.paperId, paperId)),
  );
  return new Map(rows.map(({ number, textSha256 }) => [number, textSha256]));
}
