import { uploadBatches } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { invalid } from '@/server/errors';
import { PAPER_LIMITS } from './schema';

/** Opens slots for files that come together, so that limits count the drop and not its files. */
export async function openBatch({
  ctx,
  slots,
}: {
  ctx: Ctx;
  slots: number;
}): Promise<{ batchId: string; slots: number }> {
  authorise(ctx, 'paper.write');
  if (!Number.isInteger(slots) || slots < 1 || slots > PAPER_LIMITS.slots) {
    throw invalid(
      'BATCH_SIZE',
      `A batch takes 1 to ${PAPER_LIMITS.slots} files. Add the rest in another.`,
    );
  }
  const { workspaceId } = ctx.actor;
  const addedBy = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  const [batch] = await inWorkspace(ctx, (tx) =>
    tx
      .insert(uploadBatches)
      .values({ workspaceId, slots, addedBy })
      .returning({ id: uploadBatches.id }),
  );
  return { batchId: batch!.id, slots };
}
