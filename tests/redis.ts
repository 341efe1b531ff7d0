/** A Redis of a test's own, and a way to it that can be made slow. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Tests that need it are skipped, by name, where it is not installed. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

export interface TestRedis {
  url: string;
  port: number;
  stop(): Promise<void>;
  start(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

export async function startRedis(password?: string): Promise<TestRedis> {
  const port = await freePort();
  let server: ChildProcess | null = null;
  const redis: TestRedis = {
    url: `redis://${password ? `:${password}@` : ''}127.0.0.1:${port}`,
    port,
    async start() {
      server = spawn(
        'redis-server',
        [
          ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
          ...(password ? ['--requirepass', password] : []),
        ],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      );
      let said = '';
      for await (const chunk of server.stdout!) {
        said += String(chunk);
        if (said.includes('Ready to accept connections')) return;
      }
      throw new Error(`redis-server did not start: ${said}`);
    },
    async stop() {
      if (!server || server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
  await redis.start();
  return redis;
}

/** Passes everything on to `port`, what comes back only after `delayMs`, which may change. */
export async function startDelay(port: number) {
  const control = { delayMs: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const target = dial(port, '127.0.0.1');
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        target.destroy();
      });
    }
    client.pipe(target);
    let passing = Promise.resolve();
    target.on('data', (chunk) => {
      passing = passing.then(async () => {
        await sleep(control.delayMs);
        client.write(chunk);
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    control,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
