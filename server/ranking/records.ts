/** A job's records with what their order is learned from. */
import { eq } from 'drizzle-orm';
import { jobs, voteTotals } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import { listEvidenceRows } from '@/server/evidence/queries';
import { type EvidenceRow, usualOrder } from '@/server/evidence/rows';
import type { Subject } from '@/server/evidence/schema';
import type { FeatureContext } from './features';

export type Totals = ReadonlyMap<string, { up: number; down: number }>;

export async function totalsOf(ctx: Ctx): Promise<Totals> {
  const rows = await inWorkspace(ctx, (tx) => tx.select().from(voteTotals));
  return new Map(rows.map(({ evidenceId, up, down }) => [evidenceId, { up, down }]));
}

/** In the usual order. Null when there is no such job. */
export async function recordsOf(
  ctx: Ctx,
  jobId: string,
): Promise<{ rows: EvidenceRow[]; about: Omit<FeatureContext, 'earlier'> } | null> {
  const [job] = await inWorkspace(ctx, (tx) =>
    tx.select({ subject: jobs.subject, input: jobs.input }).from(jobs).where(eq(jobs.id, jobId)),
  );
  if (!job) return null;
  const { rows } = await listEvidenceRows({ ctx, jobId });
  const subject = job.subject as Subject | null;
  return {
    rows: rows.sort(usualOrder),
    about: { names: [job.input, ...(subject?.names ?? [])], year: ctx.now().getUTCFullYear() },
  };
}
