import { and, eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { papers, uploadBatches, uploadSlots } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { conflict, invalid, notFound } from '@/server/errors';
import { type Staged, TooLarge } from '@/server/storage';
import { createPaper, lockFor } from './create';
import { fileKey, removeUnneededFile } from './file';
import { whatIsIt } from './file-kind';
import { isUuid } from './ids';
import { type Added, PAPER_LIMITS } from './schema';

export interface AddFileInput {
  bytes: AsyncIterable<Uint8Array>;
  fileName: string;
  /** The slot of a batch that the file fills. */
  slot?: { batchId: string; number: number };
}

/**
 * Takes a PDF in: streams it to storage, writes its paper and the task that reads it, and answers; the
 * reading is the worker's. The same bytes are one paper, however often and at the same moment they are
 * sent. Throws INVALID for what is no PDF or too large, UNAVAILABLE when storage is full or away.
 */
export async function addFile({ ctx, input }: { ctx: Ctx; input: AddFileInput }): Promise<Added> {
  authorise(ctx, 'paper.write');
  const { slot } = input;
  if (slot) await requireSlot(ctx, slot);
  const fileName = cleanName(input.fileName);
  const staged = await stage(ctx, input.bytes);
  let isKept = Promise.resolve(false);
  try {
    refuseUnfit(staged, fileName);
    return await inWorkspace(ctx, async (tx) => {
      // In one round trip; the second is answered once the lock is had.
      const [, known] = await Promise.all([
        lockFor(tx, ctx.actor.workspaceId, staged.sha256),
        paperOfFile(tx, staged.sha256),
      ]);
      if (known) {
        if (slot) await fillSlot(tx, ctx, slot, staged.sha256, known.paperId);
        return known;
      }
      const key = fileKey(staged.sha256);
      const title = fileName.replace(/\.pdf$/i, '');
      const paperId = await createPaper(tx, ctx, {
        input: fileName,
        plan: ['parse', 'index', 'correct'],
        paper: {
          source: 'upload',
          title,
          localFilePath: key,
          fileHash: staged.sha256,
          fileName,
          fileBytes: staged.bytes,
        },
        alongside: (id) => {
          // Under the lock, so that a purge of the same file cannot take away what is kept here.
          const keeping = staged.keep(key);
          isKept = keeping.then(
            () => true,
            () => false,
          );
          return Promise.all([keeping, slot && fillSlot(tx, ctx, slot, staged.sha256, id)]);
        },
      });
      return { paperId, title, processingStatus: 'pending', isNew: true, duplicate: null };
    });
  } catch (error) {
    if (await isKept) {
      await removeUnneededFile({ ctx, sha256: staged.sha256 }).catch(() => {});
    }
    throw error;
  } finally {
    if (!(await isKept)) await staged.discard().catch(() => {});
  }
}

async function stage(ctx: Ctx, bytes: AsyncIterable<Uint8Array>): Promise<Staged> {
  try {
    return await ctx.storage.stage(ctx.actor.workspaceId, bytes, {
      maxBytes: PAPER_LIMITS.fileBytes,
    });
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    throw invalid(
      'FILE_TOO_LARGE',
      `This file is larger than ${PAPER_LIMITS.fileBytes / 1e6} MB. Save it smaller, or split it.`,
    );
  }
}

function refuseUnfit({ bytes, head }: Staged, fileName: string): void {
  if (bytes === 0) {
    throw invalid('FILE_EMPTY', `“${fileName}” is empty: it has no bytes at all.`);
  }
  const kind = whatIsIt(head);
  if (kind === 'pdf') return;
  const said = kind ? `it is ${kind}` : 'its content is something else';
  throw invalid('NOT_A_PDF', `“${fileName}” is not a PDF, whatever its name: ${said}.`);
}

async function paperOfFile(tx: Tx, sha256: string): Promise<Added | null> {
  const [paper] = await tx
    .select({
      paperId: papers.id,
      title: papers.title,
      processingStatus: papers.processingStatus,
      deletedAt: papers.deletedAt,
    })
    .from(papers)
    .where(eq(papers.fileHash, sha256));
  if (!paper) return null;
  const { paperId, title, processingStatus, deletedAt } = paper;
  return {
    paperId,
    title,
    processingStatus,
    isNew: false,
    duplicate: { kind: 'same-file', paperId, title, inBin: deletedAt !== null },
  };
}

type Slot = NonNullable<AddFileInput['slot']>;

/** Throws NOT_FOUND for a slot that was not opened; before its bytes are taken. */
async function requireSlot(ctx: Ctx, { batchId, number }: Slot): Promise<void> {
  const [batch] = isUuid(batchId)
    ? await inWorkspace(ctx, (tx) =>
        tx.select().from(uploadBatches).where(eq(uploadBatches.id, batchId)),
      )
    : [];
  if (!batch || !Number.isInteger(number) || number < 1 || number > batch.slots)
    throw notFound('upload slot');
}

/** Throws CONFLICT for a slot that another file filled. */
async function fillSlot(
  tx: Tx,
  ctx: Ctx,
  { batchId, number }: Slot,
  fileHash: string,
  paperId: string,
): Promise<void> {
  const { workspaceId } = ctx.actor;
  const [mine] = await tx
    .insert(uploadSlots)
    .values({ batchId, workspaceId, number, fileHash, paperId })
    .onConflictDoNothing()
    .returning();
  if (mine) return;
  const [filled] = await tx
    .select()
    .from(uploadSlots)
    .where(and(eq(uploadSlots.batchId, batchId), eq(uploadSlots.number, number)));
  if (filled?.fileHash === fileHash) return;
  throw conflict('SLOT_USED', 'This upload slot holds another file. Open a new batch.');
}

/** The last part of a path, without control characters. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last.replace(/\p{Cc}/gu, '').trim();
  return clean.slice(0, 255) || 'paper.pdf';
}
