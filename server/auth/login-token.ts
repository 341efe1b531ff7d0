import { sql } from 'drizzle-orm';
import { recordAudit } from '@/server/audit';
import { type Ctx, inWorkspace } from '@/server/context';
import { personOf } from './account';
import { seconds } from './session';
import { newToken } from './token';

const GOOD_FOR_SECONDS = 10 * 60;

/** A one-time token by which a program gets a session of the person who asks, in this workspace. */
export async function issueLoginToken({ ctx }: { ctx: Ctx }): Promise<string> {
  const { userId, name } = personOf(ctx);
  const { token, sha256 } = newToken();
  await inWorkspace(ctx, async (tx) => {
    await tx.execute(
      sql`select phial_issue_login_token(${userId}::uuid, ${ctx.actor.workspaceId}::uuid, ${sha256},
            ${seconds(GOOD_FOR_SECONDS)})`,
    );
    await recordAudit(tx, ctx, {
      action: 'session.token-issued',
      target: { kind: 'user', id: userId, name },
    });
  });
  return token;
}
