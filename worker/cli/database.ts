import path from 'node:path';
import { connect } from '@/db/connect';
import { MigrationRefused, migrate } from '@/db/migrate';
import {
  databaseName,
  provisionRoles,
  type RolePasswords,
  type RoleUrls,
  roles,
  roleUrls,
} from '@/db/roles';
import { CommandError, errorCode } from './command-error';
import type { DataFolder } from './data-folder';
import { given } from './environment';
import { startPostgres } from './postgres';
import { keepRunning, type Service } from './processes';
import type { Claim } from './running';

/** Starts the embedded database, or checks the one that DATABASE_URL names, and migrates it. */
export async function startDatabase(options: {
  folder: DataFolder;
  claim: Claim;
  say: (sentence: string) => void;
}): Promise<{ urls: RoleUrls; service: Service | null }> {
  const external = externalUrls();
  if (external !== null) {
    await checkExternal(external);
    await migrateOrExplain(external);
    return { urls: external, service: null };
  }
  const { service, superuserUrl } = await startEmbedded(options);
  try {
    const urls = await provisionRoles({ superuserUrl, passwords: passwordsOf(options.folder) });
    await migrateOrExplain(urls);
    return { urls, service };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

/** The roles' URLs of the database that a running Phial of this data folder uses. */
export function runningDatabaseUrls(folder: DataFolder, port: number | null): RoleUrls {
  const external = externalUrls();
  if (port === null && external !== null) return external;
  if (port !== null && external === null) {
    return roleUrls(`postgres://127.0.0.1:${port}`, databaseName, passwordsOf(folder));
  }
  throw new CommandError(
    port === null
      ? `The Phial that runs on ${folder.path} uses the database of its DATABASE_URL. Set DATABASE_URL, DATABASE_DIRECT_URL and DATABASE_OWNER_URL to the same, or choose another data folder with --data DIR.`
      : `DATABASE_URL is set, but the Phial that runs on ${folder.path} uses its embedded database. Unset DATABASE_URL, or choose another data folder with --data DIR.`,
  );
}

function passwordsOf({ secrets }: DataFolder): RolePasswords {
  return { owner: secrets.ownerPassword, queue: secrets.queuePassword, app: secrets.appPassword };
}

async function startEmbedded(options: {
  folder: DataFolder;
  claim: Claim;
  say: (sentence: string) => void;
}): Promise<{ service: Service; superuserUrl: string }> {
  const { folder, claim, say } = options;
  const logFile = path.join(folder.logs, 'postgres.log');
  let superuserUrl = '';
  let port: number | undefined;
  const service = await keepRunning({
    name: 'database',
    logFile,
    say,
    launch: async () => {
      const server = await startPostgres({
        home: folder.databaseHome,
        superuserPassword: folder.secrets.superuserPassword,
        logFile,
        binaries: given.PHIAL_POSTGRES_BIN ?? null,
        port,
      });
      ({ port, superuserUrl } = server);
      return server;
    },
    onProcess: (pid) => claim.setProcess('postgres', pid),
  });
  await claim.update({ databasePort: port ?? null });
  return { service, superuserUrl };
}

function externalUrls(): RoleUrls | null {
  const { DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_OWNER_URL } = given;
  if (!DATABASE_URL) return null;
  return {
    appUrl: DATABASE_URL,
    directUrl: DATABASE_DIRECT_URL ?? '',
    ownerUrl: DATABASE_OWNER_URL ?? '',
  };
}

/** Every wrong address ends here, in a sentence that names the setting and hides its password. */
async function checkExternal(urls: RoleUrls): Promise<void> {
  for (const [name, url, role] of [
    ['DATABASE_URL', urls.appUrl, roles.app],
    ['DATABASE_DIRECT_URL', urls.directUrl, roles.app],
    ['DATABASE_OWNER_URL', urls.ownerUrl, roles.owner],
  ] as const) {
    if (url === '') {
      throw new CommandError(
        `DATABASE_URL is set, so ${name} has to be set as well. Set DATABASE_URL (app role), DATABASE_DIRECT_URL (queue role) and DATABASE_OWNER_URL (owner role), or none of them to use the embedded database.`,
      );
    }
    await checkConnection(name, url, role);
  }
}

/** `role`: what whoever logs in there has to become. */
async function checkConnection(name: string, url: string, role: string): Promise<void> {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new CommandError(
      `${name} is not a database address. It has the form postgres://user:password@host:5432/database.`,
    );
  }
  const sql = connect(url, { max: 1, connect_timeout: 10, prepare: false });
  try {
    await sql`select set_config('role', ${role}, true)`;
  } catch (cause) {
    const { host, pathname, username } = new URL(url);
    const reason =
      cause instanceof Error && cause.message !== '' ? cause.message : errorCode(cause);
    throw new CommandError(
      `${name} does not work: cannot open ${pathname.slice(1) || 'the database'} on ${host} as ${username || 'the default user'} (${reason}). Correct the address, or unset it to use the embedded database.`,
      1,
      { cause },
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function migrateOrExplain(urls: RoleUrls): Promise<void> {
  try {
    await migrate({ ownerUrl: urls.ownerUrl, queueUrl: urls.directUrl });
  } catch (error) {
    if (error instanceof MigrationRefused)
      throw new CommandError(error.message, 1, { cause: error });
    throw error;
  }
}
