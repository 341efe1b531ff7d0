import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkout } from './data-folder';

let parent: string;

beforeAll(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'phial-main-test-'));
});

afterAll(async () => {
  for (const name of await readdir(parent)) {
    const pointer = await readFile(path.join(parent, name, 'database.json'), 'utf8').catch(
      () => null,
    );
    if (pointer !== null) await rm(JSON.parse(pointer).home, { recursive: true });
  }
  await rm(parent, { recursive: true });
});

// Every case starts a program, which takes a second or two on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

function phial(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const { DATABASE_URL: _, npm_package_json: __, ...inherited } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(checkout, 'worker/cli/bootstrap.mjs'), ...args],
      { cwd: parent, env: { ...inherited, ...environment } as NodeJS.ProcessEnv },
      (_error, stdout, stderr) => resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

test('without a command it says how to use it', async () => {
  const outcome = await phial([]);
  expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
  expect(outcome.stderr).toMatch(/^Usage: npm run phial -- COMMAND/);
});

test('an unknown command is bad input', async () => {
  const outcome = await phial(['reserch', 'molecule', 'water']);
  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain('There is no command "reserch".');
});

test('--help is not a mistake', async () => {
  expect(await phial(['--help'])).toMatchObject({ exitCode: 0, stderr: '' });
});

describe('up', () => {
  const sentence = (outcome: Outcome) => {
    expect(outcome.stdout).toBe('');
    expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
    return outcome.stderr;
  };

  test.each(['x', '65536'])('refuses the port %s', async (port) => {
    const outcome = await phial(['up', '--port', port, '--data', path.join(parent, 'unused')]);
    expect(outcome.exitCode).toBe(2);
    expect(sentence(outcome)).toMatch(/is not a port/);
    expect(await readdir(parent)).not.toContain('unused');
  });

  test('refuses a port that is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const outcome = await phial(['up', '--port', String(port), '--data', 'taken']);
    server.close();
    expect(outcome.exitCode).toBe(1);
    expect(sentence(outcome)).toMatch(`Port ${port} is in use`);
  });

  test.each([
    ['no address', 'hello', /DATABASE_URL is not a database address/],
    ['nobody there', 'postgres://me:hidden@127.0.0.1:1/phial', /phial on 127\.0\.0\.1:1 as me/],
  ])('refuses a wrong DATABASE_URL: %s', async (_name, url, expected) => {
    const outcome = await phial(['up', '--data=external'], {
      DATABASE_URL: url,
    });
    expect(outcome.exitCode).toBe(1);
    expect(sentence(outcome)).toMatch(expected);
    expect(outcome.stderr).not.toContain('hidden');
  });

  test('--data without a folder is bad input', async () => {
    const outcome = await phial(['up', '--data']);
    expect(outcome.exitCode).toBe(2);
    expect(sentence(outcome)).toMatch(/--data DIR/);
  });
});
