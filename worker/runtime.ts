/** What tasks and steps of one worker process share. */
import type { Database } from '@/db/client';
import type { Cache } from '@/server/cache';
import type { Ctx } from '@/server/context';
import type { WorkerEnv } from '@/server/env';
import type { Logger } from '@/server/log';
import type { SealKeys } from '@/server/papers/sealing';
import type { Embedder } from '@/server/search/embedder';
import type { Storage } from '@/server/storage';
import type { JobControl } from './job-control';

export interface Runtime {
  env: WorkerEnv;
  db: Database;
  storage: Storage;
  cache: Cache;
  /** Null where no endpoint is configured. */
  embedder?: Embedder | null;
  control: JobControl;
  /** Open what is sealed for this process: passwords of papers. */
  sealKeys: SealKeys;
  log: Logger;
}

/** The context in which a task acts for a workspace. */
export function taskContext(runtime: Runtime, workspaceId: string, task: string): Ctx {
  return {
    actor: { kind: 'task', workspaceId, task },
    db: runtime.db,
    storage: runtime.storage,
    embedder: runtime.embedder ?? null,
    requestId: task,
    now: () => new Date(),
  };
}
