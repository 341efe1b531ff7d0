import type { Database } from '@/db/client';
import type { Actor } from '@/server/context';
import { isKeyValid } from '@/server/keys';
import { sessionById } from './session';

/** May whoever opened a stream keep it? */
export async function isStillValid(db: Database, actor: Actor): Promise<boolean> {
  if (actor.kind === 'key') return isKeyValid(db, actor);
  if (actor.kind === 'task') return true;
  const session = await sessionById(db, actor.sessionId);
  return session?.workspaceId === actor.workspaceId && session.role === actor.role;
}
