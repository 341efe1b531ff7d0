import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, constants, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandError, errorCode } from './command-error';
import { checkout } from './data-folder';
import { ended, logTail, openLog } from './processes';

const output = path.join(checkout, '.next');
const stampFile = path.join(output, 'phial-build.json');

/** The built web server: start it with `node server.js` in this folder. */
export const standalone = path.join(output, 'standalone');

/** Folders and root files that the web application is built from. */
const sourceFolders = ['app', 'components', 'server', 'db', 'public'];
const isRootSource = (name: string) =>
  name === 'package-lock.json' ||
  /^(?!vitest|drizzle|next-env)[\w.-]+\.(ts|mjs)$|^tsconfig\.json$/.test(name);

/** Builds the web application unless the last build was made from the same sources. */
export async function buildWeb(options: {
  logFile: string;
  say: (sentence: string) => void;
  stop: AbortSignal;
}): Promise<void> {
  const sources = await hashSources();
  if ((await builtFrom()) === sources) return;
  options.say('Building the web application; this takes a minute and is done once per version.');
  await requireWritable();
  // Without its stamp a build that is interrupted counts for nothing.
  await rm(stampFile, { force: true });
  await runBuild(options.logFile, options.stop);
  await cp(path.join(output, 'static'), path.join(standalone, '.next', 'static'), {
    recursive: true,
  });
  await mkdir(path.join(checkout, 'public'), { recursive: true });
  await cp(path.join(checkout, 'public'), path.join(standalone, 'public'), { recursive: true });
  await writeFile(stampFile, `${JSON.stringify({ sources })}\n`);
}

async function requireWritable(): Promise<void> {
  try {
    await mkdir(output, { recursive: true });
    await access(output, constants.W_OK);
  } catch (cause) {
    throw new CommandError(
      `The web application has to be built, but ${output} cannot be written (${errorCode(cause)}). Run \`npm run up\` once as the owner of the checkout, or use a checkout of your own.`,
      1,
      { cause },
    );
  }
}

async function runBuild(logFile: string, stop: AbortSignal): Promise<void> {
  const log = await openLog(logFile);
  const child = spawn(
    process.execPath,
    [path.join(checkout, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    {
      cwd: checkout,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', log.fd, log.fd],
    },
  );
  await log.close();
  const endWithLauncher = () => child.kill('SIGTERM');
  process.once('exit', endWithLauncher);
  stop.addEventListener('abort', endWithLauncher);
  const reason = await ended(child);
  stop.removeEventListener('abort', endWithLauncher);
  process.off('exit', endWithLauncher);
  if (child.exitCode === 0) return;
  throw new CommandError(
    `The web application could not be built (${reason}). The end of ${logFile}:\n${await logTail(logFile, 30)}`,
  );
}

async function builtFrom(): Promise<string | null> {
  try {
    await access(path.join(standalone, 'server.js'));
    const stamp: unknown = JSON.parse(await readFile(stampFile, 'utf8'));
    if (typeof stamp !== 'object' || stamp === null || !('sources' in stamp)) return null;
    return String(stamp.sources);
  } catch {
    return null;
  }
}

async function hashSources(): Promise<string> {
  const files = (await readdir(checkout)).filter(isRootSource);
  for (const folder of sourceFolders) {
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
