import { recordAudit } from '@/server/audit';
import { type Ctx, inWorkspace } from '@/server/context';
import { revokeSession } from './session';

/** Ends the session that asks, and whatever it has open. */
export async function signOut({ ctx }: { ctx: Ctx }): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'user') return;
  await inWorkspace(ctx, async (tx) => {
    if (!(await revokeSession(tx, actor))) return;
    const target = { kind: 'session', id: actor.sessionId };
    await recordAudit(tx, ctx, { action: 'session.signed-out', target });
  });
}
