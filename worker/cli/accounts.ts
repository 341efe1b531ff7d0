import { readFile, stat } from 'node:fs/promises';
import { CommandError } from './command-error';

/** The system account PostgreSQL's programs run under; null where the launcher is not root. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. An existing cluster goes on under the account that owns it;
 * a new one takes `postgres` where the system has it, else `nobody`. It has to stand in
 * /etc/passwd, because `initdb` looks its own name up.
 */
export async function databaseAccount(clusterFolder: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(clusterFolder).catch(() => null);
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const entries = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = entries.find(([name]) => name === wanted) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new CommandError(
    'PostgreSQL refuses to run as root, and this system has neither a "postgres" nor a "nobody" account. Run Phial as another user, or set DATABASE_URL, DATABASE_DIRECT_URL and DATABASE_OWNER_URL to a running PostgreSQL.',
  );
}
