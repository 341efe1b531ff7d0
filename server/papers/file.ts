/** The stored file of a paper. */
import { eq } from 'drizzle-orm';
import { papers } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import type { StoredFile } from '@/server/storage';
import { lockFor } from './create';
import { requirePaperId } from './ids';

/** Where a paper's file lies. In a space of its own: a report that is added as a paper is two files. */
export const fileKey = (sha256: string): string => `papers/${sha256}`;

/** The PDF, or a part of it; throws NOT_FOUND when the paper, or its file, is not there. */
export async function openPaperFile({
  ctx,
  paperId,
  part,
}: {
  ctx: Ctx;
  paperId: string;
  /** Of bytes, both included. */
  part?: { start: number; end: number };
}): Promise<StoredFile & { sha256: string; fileName: string }> {
  authorise(ctx, 'paper.read');
  requirePaperId(paperId);
  const [paper] = await inWorkspace(ctx, (tx) =>
    tx
      .select({ key: papers.localFilePath, sha256: papers.fileHash, fileName: papers.fileName })
      .from(papers)
      .where(eq(papers.id, paperId)),
  );
  if (!paper?.key || !paper.sha256) throw notFound('file');
  const file = await ctx.storage.open(ctx.actor.workspaceId, paper.key, part);
  if (!file) throw notFound('file');
  return { ...file, sha256: paper.sha256, fileName: paper.fileName ?? `${paper.sha256}.pdf` };
}

/** Removes a file that no paper needs any more. Safe to repeat, and against the same file coming back. */
export async function removeUnneededFile({
  ctx,
  sha256,
}: {
  ctx: Ctx;
  sha256: string;
}): Promise<void> {
  const { workspaceId } = ctx.actor;
  await inWorkspace(ctx, async (tx) => {
    await lockFor(tx, workspaceId, sha256);
    const [needed] = await tx
      .select({ id: papers.id })
      .from(papers)
      .where(eq(papers.fileHash, sha256));
    if (!needed) await ctx.storage.remove(workspaceId, fileKey(sha256));
  });
}
