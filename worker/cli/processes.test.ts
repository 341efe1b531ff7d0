import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkout } from './data-folder';
import { keepRunning, launchNode, waitForHealth } from './processes';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'phial-processes-test-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const launch = (script: string) =>
  launchNode({
    args: ['-e', script],
    cwd: folder,
    env: { ...process.env },
    logFile: path.join(folder, 'child.log'),
    stopWithinMs: 300,
  });

const idle = 'setInterval(() => {}, 1_000)';
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function until(condition: () => boolean): Promise<void> {
  for (let waitedMs = 0; !condition(); waitedMs += 20) {
    if (waitedMs > 20_000) throw new Error('it did not happen within 20 s');
    await sleep(20);
  }
}

describe('a service', () => {
  test('that is killed is started again, and said so', async () => {
    const pids: (number | null)[] = [];
    const said: string[] = [];
    const service = await keepRunning({
      name: 'worker',
      logFile: 'worker.log',
      launch: () => launch(idle),
      onProcess: (pid) => pids.push(pid),
      say: (sentence) => said.push(sentence),
    });
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await until(() => pids.length === 3);
    expect(pids[1]).toBeNull();
    await until(() => said.length === 2);
    expect(isAlive(pids[2] ?? 0)).toBe(true);
    await service.stop();
    expect(isAlive(pids[2] ?? 0)).toBe(false);
    expect(said).toEqual([
      'The worker ended (SIGKILL); starting it again. Its log is worker.log.',
      'The worker is running again.',
    ]);
  });

  test('that keeps ending is started ever more slowly, and can be stopped meanwhile', async () => {
    let starts = 0;
    const service = await keepRunning({
      name: 'worker',
      logFile: 'worker.log',
      launch: () => {
        starts++;
        return launch('process.exit(7)');
      },
      onProcess: () => {},
      say: () => {},
    });
    await until(() => starts === 2);
    await service.stop();
    expect(starts).toBe(2);
  });

  test('that does not start at all says why', async () => {
    const failing = keepRunning({
      name: 'web server',
      logFile: 'web.log',
      launch: async (signal) => {
        const launched = await launch('console.log("no such module"); process.exit(1)');
        await waitForHealth({
          name: 'web server',
          url: 'http://127.0.0.1:1/',
          launched,
          logFile: path.join(folder, 'child.log'),
          withinMs: 5_000,
          signal,
        });
        return launched;
      },
      onProcess: () => {},
      say: () => {},
    });
    await expect(failing).rejects.toThrow(/web server ended while starting[\s\S]*no such module/);
  });
});

test('a process that ignores the polite end is killed', async () => {
  const { child, stop } = await launch(
    `process.on('SIGTERM', () => {}); require('node:fs').writeFileSync('deaf', ''); ${idle}`,
  );
  await until(() => existsSync(path.join(folder, 'deaf')));
  await stop();
  expect(child.signalCode).toBe('SIGKILL');
});

test('a process does not outlive a launcher that is killed', async () => {
  const script = `
    const { launchNode } = await import('./worker/cli/processes.ts');
    const { child } = await launchNode({
      args: ['-e', ${JSON.stringify(idle)}],
      cwd: ${JSON.stringify(folder)},
      env: process.env,
      logFile: ${JSON.stringify(path.join(folder, 'child.log'))},
      stopWithinMs: 1_000,
    });
    process.stdout.write(String(child.pid));
    setInterval(() => {}, 1_000);
  `;
  const launcher = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', script],
    { cwd: checkout, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [pid] = (await once(launcher.stdout, 'data')).map(Number);
  await sleep(200);
  expect(isAlive(pid ?? 0)).toBe(true);
  launcher.kill('SIGKILL');
  await until(() => !isAlive(pid ?? 0));
});
