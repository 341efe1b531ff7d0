import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { bundles, idempotencyKeys, jobs, steps } from '@/db/schema';
import { recordAudit } from '@/server/audit';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { conflict, invalid } from '@/server/errors';
import { appendEvent } from '@/server/live/append';
import { enqueue } from '@/server/queue/enqueue';
import { readTyped } from '@/server/typed';
import { checkMoleculeText } from './input';
import {
  gatherSource,
  NOT_ASKED_FOR,
  STEP_KEYS,
  type SubmitMoleculeInput,
  submitMoleculeInput,
} from './schema';

export interface Submitted {
  jobId: string;
  /** False when the same submission is already waiting or running: it leads there. */
  created: boolean;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Submits a molecule. The job's row, its steps, its first event and its task are written in one
 * transaction. Throws INVALID for text no job can be made of, CONFLICT when an idempotency key comes
 * back with another body.
 */
export async function submitMolecule({
  ctx,
  input: raw,
}: {
  ctx: Ctx;
  input: SubmitMoleculeInput;
}): Promise<Submitted> {
  authorise(ctx, 'job.submit');
  const input = readTyped(submitMoleculeInput, raw);
  const { workspaceId } = ctx.actor;
  const { text, normalised } = await checkMoleculeText(input.text);
  const submissionKey = sha256(
    canonicalize({
      kind: 'molecule',
      input: normalised,
      options: input.options,
      bundle: input.bundleSha256,
    }) as string,
  );

  return inWorkspace(ctx, async (tx) => {
    const known = await knownByIdempotencyKey(tx, workspaceId, input.idempotencyKey, submissionKey);
    if (known) return { jobId: known, created: false };

    if (input.bundleSha256) {
      const [bundle] = await tx
        .select({ sha256: bundles.sha256 })
        .from(bundles)
        .where(eq(bundles.sha256, input.bundleSha256));
      if (!bundle) {
        throw invalid('BUNDLE_UNKNOWN', 'This workspace has no such bundle. Import it first.');
      }
    }

    const [job] = await tx
      .insert(jobs)
      .values({
        workspaceId,
        kind: 'molecule',
        input: text,
        options: input.options,
        submissionKey,
        bundleSha256: input.bundleSha256,
        createdBy: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
      })
      .onConflictDoNothing()
      .returning();
    if (!job) return { jobId: await activeTwin(tx, submissionKey), created: false };

    await Promise.all([
      tx.insert(steps).values(
        STEP_KEYS.map((key, position) => {
          const source = gatherSource(key);
          const asked = !source || input.options.sources.includes(source);
          return {
            jobId: job.id,
            workspaceId,
            key,
            position,
            ...(asked
              ? {}
              : { status: 'skipped' as const, outcome: 'not-searched', reason: NOT_ASKED_FOR }),
          };
        }),
      ),
      input.idempotencyKey
        ? tx.insert(idempotencyKeys).values({
            workspaceId,
            key: input.idempotencyKey,
            bodySha256: submissionKey,
            jobId: job.id,
          })
        : null,
      appendEvent(tx, job, 'job.submitted', { input: text }),
      recordAudit(tx, ctx, {
        action: 'job.submitted',
        target: { kind: 'job', id: job.id, name: text },
      }),
      enqueue(tx, 'admit-jobs', { workspaceId }, { key: `admit:${workspaceId}` }),
    ]);
    return { jobId: job.id, created: true };
  });
}

async function knownByIdempotencyKey(
  tx: Tx,
  workspaceId: string,
  key: string | null,
  bodySha256: string,
): Promise<string | null> {
  if (!key) return null;
  const [row] = await tx
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.workspaceId, workspaceId), eq(idempotencyKeys.key, key)));
  if (!row) return null;
  if (row.bodySha256 !== bodySha256) {
    throw conflict(
      'IDEMPOTENCY_KEY_REUSED',
      'This Idempotency-Key was used for another submission. Send a new key.',
    );
  }
  return row.jobId;
}

async function activeTwin(tx: Tx, submissionKey: string): Promise<string> {
  const [twin] = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(eq(jobs.submissionKey, submissionKey), inArray(jobs.status, ['pending', 'running'])),
    );
  if (!twin) throw conflict('SUBMISSION_RACE', 'The same job just ended. Submit it again.');
  return twin.id;
}
