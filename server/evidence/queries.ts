/** Reads about evidence. Everything is of the actor's workspace. */
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { artifacts, evidence, jobs } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import { type Body, createBody } from '@/server/reports/places';
import { toEvidence } from './record';
import { type EvidenceList, evidenceList } from './rows';
import { type Evidence, type Place, SOURCE_IDS, type SourceId } from './schema';
import type { Assessment } from './score';
import type { ScoreFeatures, Understanding } from './score/features';
import { type Surroundings, surroundingsOf } from './surroundings';

/** A stranger's job is not found, rather than one that found nothing. */
async function requireJob(tx: Tx, jobId: string): Promise<void> {
  const [job] = await tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, jobId));
  if (!job) throw notFound('job');
}

/** Everything a job found, duplicates left out, in order of id. Throws NOT_FOUND for a stranger's job. */
export async function listEvidence({
  ctx,
  jobId,
}: {
  ctx: Ctx;
  jobId: string;
}): Promise<Evidence[]> {
  authorise(ctx, 'job.read');
  const rows = await inWorkspace(ctx, async (tx) => {
    await requireJob(tx, jobId);
    return tx
      .select()
      .from(evidence)
      .where(and(eq(evidence.jobId, jobId), sql`${evidence.duplicateOf} is null`));
  });
  return rows.map(toEvidence).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** A page of what a job found, duplicates left out, in order of id. Throws NOT_FOUND for a stranger's job. */
export async function pageEvidence({
  ctx,
  jobId,
  cursor,
  limit = 50,
}: {
  ctx: Ctx;
  jobId: string;
  /** The last id of the page before. */
  cursor?: string;
  limit?: number;
}): Promise<{ evidence: Evidence[]; nextCursor: string | null }> {
  authorise(ctx, 'job.read');
  const rows = await inWorkspace(ctx, async (tx) => {
    await requireJob(tx, jobId);
    return tx
      .select()
      .from(evidence)
      .where(
        and(
          eq(evidence.jobId, jobId),
          sql`${evidence.duplicateOf} is null`,
          cursor ? gt(evidence.id, cursor) : undefined,
        ),
      )
      .orderBy(asc(evidence.id))
      .limit(limit + 1);
  });
  const page = rows.slice(0, limit);
  return {
    evidence: page.map(toEvidence),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** How the job's records were understood and scored; null before that. Throws NOT_FOUND for a stranger's job. */
export async function getAssessment({
  ctx,
  jobId,
}: {
  ctx: Ctx;
  jobId: string;
}): Promise<Assessment | null> {
  authorise(ctx, 'job.read');
  const [row] = await inWorkspace(ctx, async (tx) => {
    await requireJob(tx, jobId);
    return tx
      .select({ data: artifacts.data })
      .from(artifacts)
      .where(and(eq(artifacts.jobId, jobId), eq(artifacts.name, 'assessment')));
  });
  return (row?.data as Assessment | undefined) ?? null;
}

/** The job's records as a list shows them; as far as they have come while it still gathers. */
export async function listEvidenceRows({
  ctx,
  jobId,
}: {
  ctx: Ctx;
  jobId: string;
}): Promise<EvidenceList> {
  const [evidence, assessment] = await Promise.all([
    listEvidence({ ctx, jobId }),
    getAssessment({ ctx, jobId }),
  ]);
  return evidenceList(evidence, assessment);
}

/** Which sources have a record of each candidate, by its key. */
export async function sourcesOfCandidates({
  ctx,
  jobId,
  features,
}: {
  ctx: Ctx;
  jobId: string;
  features: ScoreFeatures;
}): Promise<Record<string, SourceId[]>> {
  authorise(ctx, 'job.read');
  const rows = await inWorkspace(ctx, (tx) =>
    tx
      .select({ id: evidence.id, source: evidence.source })
      .from(evidence)
      .where(eq(evidence.jobId, jobId)),
  );
  const sourceOf = new Map(rows.map(({ id, source }) => [id, source as SourceId]));
  return Object.fromEntries(
    features.candidates.map(({ key, evidenceIds }) => {
      const sources = new Set(evidenceIds.flatMap((id) => sourceOf.get(id) ?? []));
      return [key, SOURCE_IDS.filter((id) => sources.has(id))];
    }),
  );
}

/** A cited fact as the drawer shows it. */
export interface CitedFact {
  /** Where it stands among the facts: `arms.0.label`. */
  name: string;
  place: Place;
  surroundings: Surroundings;
}

export interface EvidenceView {
  evidence: Evidence;
  /** Each of its facts in its surroundings. */
  facts: CitedFact[];
  /** How it was read; null for kinds that need no reading, and before the job has scored. */
  reading: Understanding | null;
  /** Names of the candidates that the reading speaks of, by key. */
  indications: Record<string, string>;
}

/** One record, its facts where they stand, and how it was read. Throws NOT_FOUND. */
export async function getEvidence({
  ctx,
  jobId,
  evidenceId,
}: {
  ctx: Ctx;
  jobId: string;
  evidenceId: string;
}): Promise<EvidenceView> {
  authorise(ctx, 'job.read');
  const [row] = await inWorkspace(ctx, (tx) =>
    tx
      .select()
      .from(evidence)
      .where(and(eq(evidence.jobId, jobId), eq(evidence.id, evidenceId))),
  );
  if (!row) throw notFound('evidence');
  const bodies = new Map<string, Body | null>();
  const facts: CitedFact[] = [];
  for (const { name, place } of placesIn(row.facts, '')) {
    const { snapshotSha256 } = place;
    let body = bodies.get(snapshotSha256);
    if (body === undefined) {
      const bytes = await ctx.storage.get(ctx.actor.workspaceId, snapshotSha256);
      body = bytes && createBody(bytes);
      bodies.set(snapshotSha256, body);
    }
    facts.push({ name, place, surroundings: surroundingsOf(place, body) });
  }
  const assessment = await getAssessment({ ctx, jobId });
  return {
    evidence: toEvidence(row),
    facts,
    reading: assessment?.understanding.find((read) => read.evidenceId === evidenceId) ?? null,
    indications: Object.fromEntries(
      (assessment?.features.candidates ?? [])
        .filter((candidate) => candidate.evidenceIds.includes(evidenceId))
        .map(({ key, indication }) => [key, indication]),
    ),
  };
}

function* placesIn(value: unknown, name: string): Generator<{ name: string; place: Place }> {
  if (value === null || typeof value !== 'object') return;
  if ('snapshotSha256' in value) {
    yield { name, place: value as Place };
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    yield* placesIn(inner, name ? `${name}.${key}` : key);
  }
}
