import { LRUCache } from 'lru-cache';
import type { Database } from '@/db/client';
import { LIBRARY_CHANNEL, libraryVersion } from './version';

/** Should a bell be missed with a lost connection, an old version is believed no longer than this. */
const BELIEVED_MS = 5_000;

/** Versions of libraries as this process knows them, looked up again when a bell says they were raised. */
export class LibraryVersions {
  private readonly known = new LRUCache<string, Promise<number>>({ max: 10_000, ttl: BELIEVED_MS });

  private constructor(private readonly db: Database) {}

  /** `direct` must not go through a transaction pooler; LISTEN needs a session. */
  static async open(db: Database, direct: Database): Promise<LibraryVersions> {
    const versions = new LibraryVersions(db);
    await direct.listen(LIBRARY_CHANNEL, (workspaceId) => {
      if (workspaceId === null) versions.known.clear();
      else versions.known.delete(workspaceId);
    });
    return versions;
  }

  of(workspaceId: string): Promise<number> {
    const known = this.known.get(workspaceId);
    if (known) return known;
    const asked = this.db.tx(workspaceId, (tx) => libraryVersion(tx, workspaceId));
    this.known.set(workspaceId, asked);
    asked.catch(() => this.known.delete(workspaceId));
    return asked;
  }
}
