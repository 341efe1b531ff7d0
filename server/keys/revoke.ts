import { and, eq, isNull } from 'drizzle-orm';
import { apiKeys } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import { ringAccessEnded } from '@/server/live/access';

/** Ends a key at once, its open streams too. Revoking it again changes nothing. Throws NOT_FOUND. */
export async function revokeKey({ ctx, keyId }: { ctx: Ctx; keyId: string }): Promise<void> {
  authorise(ctx, 'key.manage');
  await inWorkspace(ctx, async (tx) => {
    const [known] = await tx.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, keyId));
    if (!known) throw notFound('key');
    await tx
      .update(apiKeys)
      .set({ revokedAt: ctx.now() })
      .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)));
    await ringAccessEnded(tx, keyId);
  });
}
