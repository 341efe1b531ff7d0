import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CommandError, errorCode } from './command-error';
import { alone, lockName } from './folder-lock';
import { stopLeftovers } from './postgres';

/** The folder of this checkout. */
export const checkout = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

export interface DataFolder {
  path: string;
  blobs: string;
  logs: string;
  /** Where the embedded database's cluster is; as root it lies outside the data folder. */
  databaseHome: string;
  secrets: Secrets;
}

const secretsSchema = z.object({
  superuserPassword: z.string().min(1),
  ownerPassword: z.string().min(1),
  queuePassword: z.string().min(1),
  appPassword: z.string().min(1),
  nextAuthSecret: z.string().min(32),
});
export type Secrets = z.infer<typeof secretsSchema>;

const formatName = 'phial.data';
const formatVersion = 1;
const markerSchema = z.object({
  format: z.literal(formatName),
  version: z.number().int(),
  installationId: z.string(),
});
const homeOwnerSchema = z.object({ dataFolder: z.string(), installationId: z.string() });
const pointerSchema = z.object({ home: z.string() });

/** Root's databases lie here, where the account that runs PostgreSQL can reach them. */
const rootHomes = '/var/lib/phial';

/**
 * Opens `.phial/` of the checkout, or another folder, making it on first use. Throws CommandError
 * when it is not Phial's, was made by a newer Phial, is a copy of another, or cannot be written.
 */
export async function openDataFolder(requested: string | null): Promise<DataFolder> {
  const wanted = path.resolve(requested ?? path.join(checkout, '.phial'));
  try {
    await makeFolders(wanted);
    const folder = await realpath(wanted);
    // Of commands that start together on a new folder, one makes it.
    return await alone(folder, () => openFolder(folder));
  } catch (error) {
    const code = errorCode(error);
    if (error instanceof CommandError || code === null) throw error;
    const file = error instanceof Error && 'path' in error ? String(error.path) : wanted;
    throw new CommandError(
      `Phial cannot use the data folder ${wanted}: no access to ${file} (${code}). Make it writable for this account, or choose another folder with --data DIR.`,
      1,
      { cause: error },
    );
  }
}

async function openFolder(folder: string): Promise<DataFolder> {
  const installationId = await readOrWriteMarker(folder);
  await access(folder, constants.W_OK);
  const [blobs, logs] = [path.join(folder, 'blobs'), path.join(folder, 'logs')];
  for (const part of [blobs, logs]) await mkdir(part, { recursive: true, mode: 0o700 });
  return {
    path: folder,
    blobs,
    logs,
    secrets: await readOrWriteSecrets(folder),
    databaseHome: await findDatabaseHome(folder, installationId),
  };
}

/** Node's own recursive mkdir never returns below /proc, where a folder exists but takes no other. */
async function makeFolders(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const parent = path.dirname(folder);
    if (errorCode(error) === 'EEXIST') return;
    if (errorCode(error) !== 'ENOENT' || (await isThere(parent))) throw error;
    await makeFolders(parent);
    await makeFolders(folder);
  }
}

async function readOrWriteMarker(folder: string): Promise<string> {
  const file = path.join(folder, 'phial.json');
  const text = await readIfThere(file);
  if (text === null) {
    // A run killed on its very first write leaves an unfinished marker behind, nothing else.
    const own = [unfinished('phial.json'), lockName];
    const strangers = (await readdir(folder)).filter((name) => !own.includes(name));
    if (strangers.length > 0) throw foreign(folder, `it holds ${strangers[0]} but no phial.json`);
    const marker = { format: formatName, version: formatVersion, installationId: randomUUID() };
    await writeWhole(file, { ...marker, createdAt: new Date().toISOString() });
    return marker.installationId;
  }
  const marker = parse(markerSchema, text);
  if (marker === null) throw foreign(folder, 'its phial.json is not one of ours');
  if (marker.version > formatVersion) {
    throw new CommandError(
      `The data folder ${folder} was made by a newer Phial (format ${marker.version}, this one reads ${formatVersion}). Update this checkout, or choose another folder with --data DIR.`,
    );
  }
  return marker.installationId;
}

function foreign(folder: string, reason: string): CommandError {
  return new CommandError(
    `${folder} is not a Phial data folder: ${reason}. Choose an empty or a new folder with --data DIR.`,
  );
}

async function readOrWriteSecrets(folder: string): Promise<Secrets> {
  const file = path.join(folder, 'secrets.json');
  const text = await readIfThere(file);
  if (text === null) {
    const password = () => randomBytes(24).toString('base64url');
    const secrets: Secrets = {
      superuserPassword: password(),
      ownerPassword: password(),
      queuePassword: password(),
      appPassword: password(),
      nextAuthSecret: randomBytes(48).toString('base64url'),
    };
    await writeWhole(file, secrets);
    return secrets;
  }
  await chmod(file, 0o600);
  const secrets = parse(secretsSchema, text);
  if (secrets !== null) return secrets;
  throw new CommandError(
    `${file} is damaged, and the database cannot be opened without its passwords. Restore the file, or choose another folder with --data DIR.`,
  );
}

async function findDatabaseHome(folder: string, installationId: string): Promise<string> {
  const pointerFile = path.join(folder, 'database.json');
  const pointer = parse(pointerSchema, (await readIfThere(pointerFile)) ?? '');
  if (pointer !== null) {
    await claimHome(pointer.home, folder, installationId);
    return pointer.home;
  }
  const inside = path.join(folder, 'database');
  if (process.getuid?.() !== 0 || (await isThere(inside))) {
    await mkdir(inside, { recursive: true, mode: 0o700 });
    return inside;
  }
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24);
  const home = path.join(rootHomes, name);
  await setAsideForeignHome(home, installationId);
  await mkdir(home, { recursive: true, mode: 0o755 });
  await writeWhole(path.join(home, 'owner.json'), { dataFolder: folder, installationId });
  await writeWhole(pointerFile, { home });
  return home;
}

/** Follows a data folder that was moved; refuses one that was copied, for two would share a cluster. */
async function claimHome(home: string, folder: string, installationId: string): Promise<void> {
  const ownerFile = path.join(home, 'owner.json');
  const owner = parse(homeOwnerSchema, (await readIfThere(ownerFile)) ?? '');
  if (owner === null || owner.installationId !== installationId) {
    throw new CommandError(
      `The database of ${folder} should be in ${home}, but is not there any more. Restore that folder, or choose another data folder with --data DIR.`,
    );
  }
  if (owner.dataFolder === folder) return;
  const other = await readIfThere(path.join(owner.dataFolder, 'phial.json'));
  if (parse(markerSchema, other ?? '')?.installationId === installationId) {
    throw new CommandError(
      `${folder} is a copy of ${owner.dataFolder}, and both would use the database in ${home}. Use the original, or choose another data folder with --data DIR.`,
    );
  }
  await writeWhole(ownerFile, { dataFolder: folder, installationId });
}

/**
 * A cluster left by a deleted data folder of the same path cannot be opened any more, its passwords
 * are gone. The latest one is kept aside for whoever deleted the folder by mistake.
 */
async function setAsideForeignHome(home: string, installationId: string): Promise<void> {
  if (!(await isThere(home))) return;
  const owner = parse(homeOwnerSchema, (await readIfThere(path.join(home, 'owner.json'))) ?? '');
  if (owner?.installationId === installationId) return;
  await stopLeftovers(home);
  const aside = `${home}.previous`;
  await rm(aside, { recursive: true, force: true });
  await rename(home, aside);
}

function parse<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

const unfinished = (name: string) => `${name}.unfinished`;

/** Replaces the file in one step, readable by this account only. */
export async function writeWhole(file: string, content: object): Promise<void> {
  await rm(unfinished(file), { force: true });
  await writeFile(unfinished(file), `${JSON.stringify(content, null, 2)}\n`, {
    mode: 0o600,
    flag: 'wx',
  });
  await rename(unfinished(file), file);
}
