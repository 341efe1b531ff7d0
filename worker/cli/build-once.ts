/** Builds are made once per version of their sources, whoever asks first. */
import { createHash } from 'node:crypto';
import { access, constants, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandError, errorCode } from './command-error';
import { checkout } from './data-folder';

/** Files of the checkout's own folder that a build depends on. */
const isRootSource = (name: string) =>
  name === 'package-lock.json' ||
  /^(?!vitest|drizzle|next-env)[\w.-]+\.(ts|mjs)$|^tsconfig\.json$/.test(name);

export interface Build {
  /** As people call it. */
  what: string;
  /** The folder it writes to. */
  output: string;
  /** A file that is there once it is done. */
  result: string;
  /** Folders of the checkout that it is made from. */
  folders: readonly string[];
  build(): Promise<void>;
}

/** Runs `build` unless the last one that went well was made from the same sources. */
export async function buildOnce({ what, output, result, folders, build }: Build): Promise<void> {
  const stampFile = path.join(output, 'phial-build.json');
  const sources = await hashSources(folders);
  if ((await builtFrom(stampFile, result)) === sources) return;
  await requireWritable(output, what);
  // Without its stamp a build that is interrupted counts for nothing.
  await rm(stampFile, { force: true });
  await build();
  await writeFile(stampFile, `${JSON.stringify({ sources })}\n`);
}

async function requireWritable(output: string, what: string): Promise<void> {
  try {
    await mkdir(output, { recursive: true });
    await access(output, constants.W_OK);
  } catch (cause) {
    throw new CommandError(
      `The ${what} has to be built, but ${output} cannot be written (${errorCode(cause)}). Run \`npm run up\` once as the owner of the checkout, or use a checkout of your own.`,
      1,
      { cause },
    );
  }
}

async function builtFrom(stampFile: string, result: string): Promise<string | null> {
  try {
    await access(result);
    const stamp: unknown = JSON.parse(await readFile(stampFile, 'utf8'));
    if (typeof stamp !== 'object' || stamp === null || !('sources' in stamp)) return null;
    return String(stamp.sources);
  } catch {
    return null;
  }
}

async function hashSources(folders: readonly string[]): Promise<string> {
  const files = (await readdir(checkout)).filter(isRootSource);
  for (const folder of folders) {
    const entries = await readdir(path.join(checkout, folder), {
      recursive: true,
      withFileTypes: true,
    }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile() || /\.test\.tsx?$/.test(entry.name)) continue;
      files.push(path.relative(checkout, path.join(entry.parentPath, entry.name)));
    }
  }
  const hash = createHash('sha256').update(process.version);
  for (const file of files.sort()) {
    const content = createHash('sha256').update(await readFile(path.join(checkout, file)));
    hash.update(`${file}\0${content.digest('hex')}\n`);
  }
  return hash.digest('hex');
}
