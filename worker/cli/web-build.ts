import { spawn } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from './build-once';
import { CommandError } from './command-error';
import { checkout } from './data-folder';
import { ended, logTail, openLog } from './processes';

const output = path.join(checkout, '.next');

/** The built web server: start it with `node server.js` in this folder. */
export const standalone = path.join(output, 'standalone');

/** Builds the web application unless the last build was made from the same sources. */
export async function buildWeb(options: {
  logFile: string;
  say: (sentence: string) => void;
  stop: AbortSignal;
}): Promise<void> {
  await buildOnce({
    what: 'web application',
    output,
    result: path.join(standalone, 'server.js'),
    folders: ['app', 'components', 'server', 'db', 'public'],
    async build() {
      options.say(
        'Building the web application; this takes a minute and is done once per version.',
      );
      await runBuild(options.logFile, options.stop);
      await cp(path.join(output, 'static'), path.join(standalone, '.next', 'static'), {
        recursive: true,
      });
      await mkdir(path.join(checkout, 'public'), { recursive: true });
      await cp(path.join(checkout, 'public'), path.join(standalone, 'public'), { recursive: true });
    },
  });
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
