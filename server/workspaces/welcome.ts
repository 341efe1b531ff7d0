import { count, sql } from 'drizzle-orm';
import { jobs } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import { DEMO_MOLECULE, demoBundle } from '@/server/demo';
import { submitMolecule } from '@/server/jobs';
import { importBundle } from '@/server/reports/store';

/**
 * On the first sign-in to the local workspace submits one demo molecule, pinned to the demo bundle, so
 * that the first screen shows a real job running. Returns the job to show, or null later on.
 */
export async function welcome({ ctx }: { ctx: Ctx }): Promise<string | null> {
  if (ctx.actor.kind === 'user' && ctx.actor.role === 'viewer') return null;
  const isFirst = await inWorkspace(ctx, async (tx) => {
    const [seen] = await tx.select({ n: count() }).from(jobs);
    const [workspace] = (await tx.execute(
      sql`select is_local as "isLocal" from workspaces`,
    )) as unknown as { isLocal: boolean }[];
    return seen?.n === 0 && workspace?.isLocal === true;
  });
  if (!isFirst) return null;
  const { sha256 } = await importBundle({ ctx, bytes: await demoBundle() });
  const { jobId } = await submitMolecule({
    ctx,
    input: { text: DEMO_MOLECULE, bundleSha256: sha256 },
  });
  return jobId;
}
