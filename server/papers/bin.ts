/** The bin: nothing is lost before it is purged, and nothing is left of it afterwards. */
import { and, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Database, Tx } from '@/db/client';
import { jobs, papers } from '@/db/schema';
import { type AuditAction, recordAudit } from '@/server/audit';
import type { Cache } from '@/server/cache';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { stopJob } from '@/server/jobs';
import { enqueueAll } from '@/server/queue/enqueue';
import { restartReading } from './read-again';
import { raiseLibraryVersion } from './version';

const entries = (action: AuditAction, of: { id: string; title: string }[]) =>
  of.map(({ id, title }) => ({ action, target: { kind: 'paper', id, name: title } }));

type Selection = { ctx: Ctx; paperIds: string[] };

/**
 * Puts papers into the bin: from this transaction on nothing finds or cites them. Reading under way
 * stops. Returns the ids that were not there before, which `restorePapers` takes back.
 */
export async function removePapers({ ctx, paperIds }: Selection): Promise<string[]> {
  authorise(ctx, 'paper.write');
  return inWorkspace(ctx, async (tx) => {
    const removed = await tx
      .update(papers)
      .set({ deletedAt: ctx.now() })
      .where(and(inArray(papers.id, paperIds), isNull(papers.deletedAt)))
      .returning({ id: papers.id, title: papers.title });
    await recordAudit(tx, ctx, ...entries('paper.removed', removed));
    for (const { id } of removed) await stopJob(tx, ctx, id, 'Stopped when the paper was deleted.');
    await raiseLibraryVersion(tx, ctx.actor.workspaceId);
    return removed.map(({ id }) => id);
  });
}

/** Takes papers out of the bin as they were; one whose reading was stopped is read again. */
export async function restorePapers({ ctx, paperIds }: Selection): Promise<string[]> {
  authorise(ctx, 'paper.write');
  return inWorkspace(ctx, async (tx) => {
    const restored = await tx
      .update(papers)
      .set({ deletedAt: null })
      .where(and(inArray(papers.id, paperIds), isNotNull(papers.deletedAt)))
      .returning({ id: papers.id, title: papers.title, errorCode: papers.errorCode });
    await recordAudit(tx, ctx, ...entries('paper.restored', restored));
    for (const { id, errorCode } of restored) {
      if (errorCode === 'CANCELLED') await restartReading(tx, ctx, id);
    }
    await raiseLibraryVersion(tx, ctx.actor.workspaceId);
    return restored.map(({ id }) => id);
  });
}

/**
 * Removes papers of the bin for good, in one transaction: pages, chunks, postings, vectors and the job
 * go with the row, and so does the task that removes the file. Returns how many there were.
 */
export async function purgePapers({ ctx, paperIds }: Selection): Promise<number> {
  authorise(ctx, 'paper.write');
  return inWorkspace(ctx, (tx) => purge(tx, ctx, and(inArray(papers.id, paperIds), inBin)));
}

/** Purges all that lies in the bin. */
export async function emptyBin({ ctx }: { ctx: Ctx }): Promise<number> {
  authorise(ctx, 'paper.write');
  return inWorkspace(ctx, (tx) => purge(tx, ctx, inBin));
}

const inBin = isNotNull(papers.deletedAt);

async function purge(tx: Tx, ctx: Ctx, which: ReturnType<typeof and>): Promise<number> {
  const { workspaceId } = ctx.actor;
  const purged = await tx
    .delete(papers)
    .where(which)
    .returning({ id: papers.id, title: papers.title, sha256: papers.fileHash });
  if (purged.length === 0) return 0;
  await recordAudit(tx, ctx, ...entries('paper.purged', purged));
  await tx.delete(jobs).where(
    inArray(
      jobs.id,
      purged.map(({ id }) => id),
    ),
  );
  const files = purged.flatMap(({ sha256 }) => sha256 ?? []);
  await enqueueAll(
    tx,
    'remove-file',
    files.map((sha256) => ({
      key: `remove-file:${workspaceId}:${sha256}`,
      payload: { workspaceId, sha256 },
    })),
  );
  await raiseLibraryVersion(tx, workspaceId);
  return purged.length;
}

/** What is left of papers that are gone, over all workspaces; keys and triggers keep it at 0. Reads every posting. */
export async function countOrphans(db: Database): Promise<number> {
  const [row] = await db.tx(null, (tx) =>
    tx.execute<{ n: number }>(sql`select phial_paper_orphans()::int as n`),
  );
  return row?.n ?? 0;
}

/** {@link countOrphans}, at most once in the cache's time: millions of postings take seconds. */
export function rememberedOrphans(
  cache: Cache,
  db: Database,
): Promise<{ orphans: number; countedAt: string }> {
  const entry = { namespace: 'other', workspaceId: null, version: '1', key: 'orphans' } as const;
  return cache.remember(entry, async () => ({
    orphans: await countOrphans(db),
    countedAt: new Date().toISOString(),
  }));
}
