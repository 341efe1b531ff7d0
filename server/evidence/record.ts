/** Storing what sources answered and the records made from it. */
import { and, asc, desc, eq, isNotNull, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { evidence, jobs, snapshots } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import { asOwner, type Running } from '@/server/jobs/steps';
import { evidenceId } from '@/server/reports/hash';
import type { AskedSource } from '@/server/sources/schema';
import type { Evidence, EvidenceDraft } from './schema';

/** One request and what came of it, as the job keeps it; the body lies in storage. */
export interface StoredExchange {
  source: AskedSource;
  method: 'GET' | 'POST';
  url: string;
  requestBodySha256: string | null;
  status: number | null;
  error: string | null;
  contentType: string | null;
  retrievedAt: string | null;
  sha256: string | null;
  body: Uint8Array | null;
  /** False for an attempt that was followed by another of the same request. */
  final: boolean;
  /** Written for demonstration: no status and no time as if it had been asked for. */
  composed: boolean;
}

/** Keeps one exchange of a running step. Body first, then the row: a row always has its body. */
export async function recordSnapshot(
  ctx: Ctx,
  running: Running,
  position: number,
  exchange: StoredExchange,
): Promise<void> {
  const { body, retrievedAt, ...row } = exchange;
  if (body) await ctx.storage.put(ctx.actor.workspaceId, body);
  await asOwner(ctx, running, async (tx) => {
    await tx
      .insert(snapshots)
      .values({
        jobId: running.job.id,
        workspaceId: running.job.workspaceId,
        step: running.step,
        generation: running.generation,
        position,
        ...row,
        retrievedAt: retrievedAt ? new Date(retrievedAt) : null,
        bytes: body?.byteLength ?? 0,
      })
      .onConflictDoNothing();
  });
}

/** What an earlier start of this step, or identification, already asked: not asked again. */
export async function earlierExchanges(
  ctx: Ctx,
  running: Running,
): Promise<{ nextPosition: number; exchanges: Omit<StoredExchange, 'body'>[] }> {
  const own = and(eq(snapshots.step, running.step), eq(snapshots.generation, running.generation));
  // A fault of identification is no reason not to ask again; an answer (200, 404 …) is.
  const answered = and(
    eq(snapshots.step, 'identify'),
    isNotNull(snapshots.sha256),
    sql`coalesce(${snapshots.status}, 200) < 429`,
  );
  const rows = await inWorkspace(ctx, (tx) =>
    tx
      .select()
      .from(snapshots)
      .where(and(eq(snapshots.jobId, running.job.id), or(own, answered)))
      .orderBy(asc(snapshots.position)),
  );
  const last = rows.filter((r) => r.step === running.step).at(-1);
  return {
    nextPosition: (last?.position ?? -1) + 1,
    exchanges: rows.map((r) => ({
      source: r.source as AskedSource,
      method: r.method as 'GET' | 'POST',
      url: r.url,
      requestBodySha256: r.requestBodySha256,
      status: r.status,
      error: r.error,
      contentType: r.contentType,
      retrievedAt: r.retrievedAt?.toISOString() ?? null,
      sha256: r.sha256,
      final: r.final,
      composed: r.composed,
    })),
  };
}

/** Takes one request off the job's budget; false when none is left. */
export async function takeRequest(ctx: Ctx, jobId: string, max: number): Promise<boolean> {
  const taken = await inWorkspace(ctx, (tx) =>
    tx
      .update(jobs)
      .set({ requestsUsed: sql`${jobs.requestsUsed} + 1` })
      .where(and(eq(jobs.id, jobId), sql`${jobs.requestsUsed} < ${max}`))
      .returning({ id: jobs.id }),
  );
  return taken.length > 0;
}

/**
 * Stores records of a step, each once per job. A record met again (another page, another question)
 * keeps its first form.
 */
export async function recordEvidence(
  tx: Tx,
  running: Running,
  drafts: EvidenceDraft[],
  from: { connectorVersion: string; retrievedAt: (snapshotSha256: string) => string | null },
): Promise<void> {
  // Postgres takes at most 65,535 parameters a statement.
  for (let i = 0; i < drafts.length; i += 500) {
    const rows = drafts.slice(i, i + 500).map((draft) => {
      const retrievedAt = from.retrievedAt(draft.snapshotSha256);
      return {
        jobId: running.job.id,
        workspaceId: running.job.workspaceId,
        id: evidenceId(draft.source, draft.externalId),
        step: running.step,
        ...draft,
        title: draft.title.replaceAll('\u0000', '\ufffd'),
        connectorVersion: from.connectorVersion,
        retrievedAt: retrievedAt ? new Date(retrievedAt) : null,
      };
    });
    await tx.insert(evidence).values(rows).onConflictDoNothing();
  }
}

type EvidenceRow = typeof evidence.$inferSelect;

export const toEvidence = (row: EvidenceRow): Evidence =>
  ({
    id: row.id,
    kind: row.kind,
    source: row.source,
    externalId: row.externalId,
    title: row.title,
    url: row.url,
    publishedOn: row.publishedOn,
    licence: row.licence,
    facts: row.facts,
    snapshotSha256: row.snapshotSha256,
    connectorVersion: row.connectorVersion,
    retrievedAt: row.retrievedAt?.toISOString() ?? null,
  }) as Evidence;

/** All records of a job in order of id, duplicates included. */
export async function evidenceOf(tx: Tx, jobId: string): Promise<Evidence[]> {
  const rows = await tx.select().from(evidence).where(eq(evidence.jobId, jobId));
  return rows.map(toEvidence).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The times at which the bodies of a job were retrieved; null for composed ones. */
export async function retrievalTimes(tx: Tx, jobId: string): Promise<Map<string, string | null>> {
  const rows = await tx
    .select({ sha256: snapshots.sha256, at: snapshots.retrievedAt })
    .from(snapshots)
    .where(and(eq(snapshots.jobId, jobId), isNotNull(snapshots.sha256)))
    .orderBy(desc(snapshots.retrievedAt));
  return new Map(rows.map((r) => [r.sha256 as string, r.at?.toISOString() ?? null]));
}
