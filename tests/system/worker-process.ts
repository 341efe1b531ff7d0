/** Real worker processes on a test's own database. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { checkout } from '@/worker/cli/data-folder';
import { workerArguments } from '@/worker/cli/worker-build';

export interface WorkerProcess {
  pid: number;
  /** SIGKILL: no farewell, no clean-up. */
  kill(): Promise<void>;
  /** SIGTERM, as a deploy does. */
  stop(): Promise<void>;
  /** Everything it logged, for a failing test. */
  output(): string;
}

/** Heartbeats short enough for tests; `shipped` keeps the settings as they are delivered. */
export function startWorker(
  world: { database: { directUrl: string }; storageUrl: string },
  settings: Record<string, string> = {},
  { shipped = false }: { shipped?: boolean } = {},
): WorkerProcess {
  const child: ChildProcess = spawn(process.execPath, workerArguments, {
    cwd: checkout,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'test',
      LOG_LEVEL: 'info',
      DATABASE_DIRECT_URL: world.database.directUrl,
      STORAGE_URL: world.storageUrl,
      ...(shipped ? {} : { WORKER_HEARTBEAT_MS: '250', WORKER_DEAD_AFTER_MS: '1500' }),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  child.stdout?.on('data', (data) => chunks.push(String(data)));
  child.stderr?.on('data', (data) => chunks.push(String(data)));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    pid: child.pid ?? -1,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    output: () => chunks.join(''),
  };
}
