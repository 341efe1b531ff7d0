import { eq } from 'drizzle-orm';
import { apiKeys } from '@/db/schema';
import { recordAudit } from '@/server/audit';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import { ringAccessEnded } from '@/server/live/access-bell';

/** Ends a key at once, its open streams too. Revoking it again changes nothing. Throws NOT_FOUND. */
export async function revokeKey({ ctx, keyId }: { ctx: Ctx; keyId: string }): Promise<void> {
  authorise(ctx, 'key.manage');
  await inWorkspace(ctx, async (tx) => {
    const [known] = await tx
      .select({ name: apiKeys.name, prefix: apiKeys.prefix, revokedAt: apiKeys.revokedAt })
      .from(apiKeys)
      .where(eq(apiKeys.id, keyId))
      .for('update');
    if (!known) throw notFound('key');
    if (known.revokedAt) return;
    await tx.update(apiKeys).set({ revokedAt: ctx.now() }).where(eq(apiKeys.id, keyId));
    await recordAudit(tx, ctx, {
      action: 'key.revoked',
      target: { kind: 'key', id: keyId, name: known.name },
      details: { prefix: known.prefix },
    });
    await ringAccessEnded(tx, keyId);
  });
}
