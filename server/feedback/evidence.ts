/** Which record somebody speaks of, and as who. */
import { and, eq, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { artifacts, evidence, jobs, type VOTER_KINDS } from '@/db/schema';
import type { Actor } from '@/server/context';
import { DomainError, invalid, notFound } from '@/server/errors';
import type { AboutEvidence } from './schema';

export interface Voter {
  voterKind: (typeof VOTER_KINDS)[number];
  voterId: string;
  voterName: string;
}

/** Throws FORBIDDEN for tasks: only people and their programs have opinions. */
export function voterOf(actor: Actor): Voter {
  switch (actor.kind) {
    case 'user':
      return { voterKind: 'user', voterId: actor.userId, voterName: actor.name };
    case 'key':
      return { voterKind: 'key', voterId: actor.keyId, voterName: actor.name };
    case 'task':
      throw new DomainError('FORBIDDEN', 'NOT_A_PERSON', 'Tasks do not vote.');
  }
}

export interface Subject {
  evidenceId: string;
  jobId: string;
  source: string;
  kind: string;
  level: string | null;
}

/**
 * The record of the job that is meant. Throws NOT_FOUND, and INVALID `EVIDENCE_AMBIGUOUS` where a source's
 * id fits several.
 */
export async function subjectOf(
  tx: Tx,
  { jobId, evidenceId: given, kind }: AboutEvidence,
): Promise<Subject> {
  const [job] = await tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, jobId));
  if (!job) throw notFound('job');
  const found = await tx
    .select({
      evidenceId: evidence.id,
      source: evidence.source,
      kind: evidence.kind,
      duplicateOf: evidence.duplicateOf,
    })
    .from(evidence)
    .where(
      and(
        eq(evidence.jobId, jobId),
        or(eq(evidence.id, given), sql`lower(${evidence.externalId}) = lower(${given})`),
        kind ? eq(evidence.kind, kind) : undefined,
      ),
    );
  // A record found twice stands in lists as the first of the two.
  const shown = new Map(
    found.map((row) => [row.duplicateOf ?? row.evidenceId, row.duplicateOf ? null : row]),
  );
  if (shown.size === 0) throw notFound('evidence in this job');
  if (shown.size > 1) {
    throw invalid(
      'EVIDENCE_AMBIGUOUS',
      `“${given}” fits ${shown.size} records of this job. Send Phial’s own id of the one you mean, or its type.`,
      { evidenceIds: [...shown.keys()] },
    );
  }
  const [evidenceId, row] = [...shown][0] as [string, (typeof found)[number] | null];
  if (!row) return subjectOf(tx, { jobId, evidenceId });
  return {
    evidenceId,
    jobId,
    source: row.source,
    kind: row.kind,
    level: await levelOf(tx, jobId, evidenceId),
  };
}

/** As it was read when the job scored; null before. */
async function levelOf(tx: Tx, jobId: string, evidenceId: string): Promise<string | null> {
  const [row] = await tx.execute<{ level: string | null }>(sql`
    select read ->> 'level' as level
    from ${artifacts}, json_array_elements(${artifacts.data} -> 'understanding') as read
    where ${artifacts.jobId} = ${jobId} and ${artifacts.name} = 'assessment'
      and read ->> 'evidenceId' = ${evidenceId}`);
  return row?.level ?? null;
}
