/** A command acts as the local workspace's admin. */
import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '@/db/client';
import { localMember } from '@/db/local';
import type { Ctx } from '@/server/context';
import { openStorage } from '@/server/storage';
import type { System } from './system';

/** What a command works with; `direct` is the way to hear events. */
export async function withLocalContext<T>(
  system: System,
  work: (ctx: Ctx, direct: Database) => Promise<T>,
): Promise<T> {
  const { environment } = system;
  const db = openDatabase(environment.DATABASE_URL ?? '', {
    max: 3,
    applicationName: 'phial-cli',
  });
  const direct = openDatabase(environment.DATABASE_DIRECT_URL ?? '', {
    max: 1,
    isDirect: true,
    applicationName: 'phial-cli-listener',
  });
  try {
    return await work(await localContext(db, system), direct);
  } finally {
    await Promise.all([db.close(), direct.close()]);
  }
}

async function localContext(db: Database, { environment }: System): Promise<Ctx> {
  const { userId, workspaceId } = await localMember(environment.DATABASE_OWNER_URL ?? '');
  return {
    actor: {
      kind: 'user',
      userId,
      name: 'Local admin',
      workspaceId,
      role: 'admin',
      sessionId: 'command-line',
    },
    db,
    storage: openStorage(environment.STORAGE_URL ?? ''),
    requestId: randomUUID(),
    now: () => new Date(),
  };
}
