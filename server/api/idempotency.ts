/**
 * A write that is sent again with its Idempotency-Key is not carried out again: it gets the answer that
 * the first one got. For a day.
 */
import canonicalize from 'canonicalize';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { keptAnswers } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import { conflict, invalid } from '@/server/errors';
import { counted } from '@/server/limits/spend';
import { sha256Hex } from '@/server/storage';

const MAX_CHARACTERS = 200;
const KEPT_FOR = sql`interval '24 hours'`;
/** A request that has taken longer was lost with its process, and may be sent again. */
const LOST_AFTER = sql`interval '2 minutes'`;

/**
 * What `work` answers, or answered before. Throws CONFLICT when the key came with another request, and
 * while the first is being carried out. A request that failed is forgotten.
 */
export async function once(
  ctx: Ctx,
  { key, request }: { key: string; request: unknown },
  work: () => Promise<unknown>,
): Promise<unknown> {
  if (key === '' || key.length > MAX_CHARACTERS) {
    throw invalid(
      'IDEMPOTENCY_KEY_INVALID',
      `An Idempotency-Key has 1 to ${MAX_CHARACTERS} characters.`,
    );
  }
  const { workspaceId } = ctx.actor;
  const sender = counted(ctx.actor, null);
  const requestSha256 = sha256Hex(canonicalize(request) as string);
  const mine = and(
    eq(keptAnswers.workspaceId, workspaceId),
    eq(keptAnswers.sender, sender),
    eq(keptAnswers.key, key),
  );
  const known = await inWorkspace(ctx, async (tx) => {
    await tx.delete(keptAnswers).where(lt(keptAnswers.createdAt, sql`now() - ${KEPT_FOR}`));
    await tx
      .delete(keptAnswers)
      .where(
        and(
          mine,
          isNull(keptAnswers.answer),
          lt(keptAnswers.createdAt, sql`now() - ${LOST_AFTER}`),
        ),
      );
    const [begun] = await tx
      .insert(keptAnswers)
      .values({ workspaceId, sender, key, requestSha256 })
      .onConflictDoNothing()
      .returning({ key: keptAnswers.key });
    if (begun) return null;
    const [row] = await tx.select().from(keptAnswers).where(mine);
    return row ?? null;
  });
  if (known) return answeredBefore(known, requestSha256);
  try {
    const answer = await work();
    // Wrapped, for an answer may be null.
    await inWorkspace(ctx, (tx) => tx.update(keptAnswers).set({ answer: { answer } }).where(mine));
    return answer;
  } catch (error) {
    await inWorkspace(ctx, (tx) => tx.delete(keptAnswers).where(mine));
    throw error;
  }
}

function answeredBefore(known: typeof keptAnswers.$inferSelect, requestSha256: string): unknown {
  if (known.requestSha256 !== requestSha256) {
    throw conflict(
      'IDEMPOTENCY_KEY_REUSED',
      'This Idempotency-Key was used for another request. Send a new key.',
    );
  }
  if (known.answer === null) {
    throw conflict(
      'REQUEST_UNDER_WAY',
      'The same request is being carried out; ask again in a moment.',
    );
  }
  return (known.answer as { answer?: unknown }).answer ?? null;
}
