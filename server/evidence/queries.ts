/** Reads about evidence. Everything is of the actor's workspace. */
import { and, eq, sql } from 'drizzle-orm';
import { artifacts, evidence } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import { toEvidence } from './record';
import type { Evidence, Place } from './schema';
import type { Assessment } from './score';
import { type Surroundings, surroundingsOf } from './surroundings';

/** Everything a job found, duplicates left out, in order of id. */
export async function listEvidence({
  ctx,
  jobId,
}: {
  ctx: Ctx;
  jobId: string;
}): Promise<Evidence[]> {
  authorise(ctx, 'job.read');
  const rows = await inWorkspace(ctx, (tx) =>
    tx
      .select()
      .from(evidence)
      .where(and(eq(evidence.jobId, jobId), sql`${evidence.duplicateOf} is null`)),
  );
  return rows.map(toEvidence).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** How the job's records were understood and scored; null before that. */
export async function getAssessment({
  ctx,
  jobId,
}: {
  ctx: Ctx;
  jobId: string;
}): Promise<Assessment | null> {
  authorise(ctx, 'job.read');
  const [row] = await inWorkspace(ctx, (tx) =>
    tx
      .select({ data: artifacts.data })
      .from(artifacts)
      .where(and(eq(artifacts.jobId, jobId), eq(artifacts.name, 'assessment'))),
  );
  return (row?.data as Assessment | undefined) ?? null;
}

/** A cited fact as the drawer shows it. */
export interface CitedFact {
  /** Where it stands among the facts: `arms.0.label`. */
  name: string;
  place: Place;
  surroundings: Surroundings;
}

/** One record with each of its facts in its surroundings. Throws NOT_FOUND. */
export async function getEvidence({
  ctx,
  jobId,
  evidenceId,
}: {
  ctx: Ctx;
  jobId: string;
  evidenceId: string;
}): Promise<{ evidence: Evidence; facts: CitedFact[] }> {
  authorise(ctx, 'job.read');
  const [row] = await inWorkspace(ctx, (tx) =>
    tx
      .select()
      .from(evidence)
      .where(and(eq(evidence.jobId, jobId), eq(evidence.id, evidenceId))),
  );
  if (!row) throw notFound('evidence');
  const bodies = new Map<string, Buffer | null>();
  const facts: CitedFact[] = [];
  for (const { name, place } of placesIn(row.facts, '')) {
    const { snapshotSha256 } = place;
    if (!bodies.has(snapshotSha256)) {
      bodies.set(snapshotSha256, await ctx.storage.get(ctx.actor.workspaceId, snapshotSha256));
    }
    const body = bodies.get(snapshotSha256) ?? null;
    facts.push({ name, place, surroundings: surroundingsOf(place, body) });
  }
  return { evidence: toEvidence(row), facts };
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
