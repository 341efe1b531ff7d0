/** What the reader's process withstands and what it cannot do. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { endIdleReaders, readPaper } from '.';
import { failureOfAll, PAGE_ERRORS } from './failure';
import { compilePdfium } from './pdfium';
import { bombOf, makePdf, objectsPdf, paragraph, pdfOf } from './testing';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const text = paragraph('Mice were weighed every morning before they were fed.', 12);
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'phial-reading-'));
});
vi.setConfig({ hookTimeout: 120_000, testTimeout: 120_000 });

afterAll(async () => {
  endIdleReaders();
  await rm(dir, { recursive: true });
});

const failureOf = (reading: Promise<unknown>) =>
  reading.then(
    () => null,
    (error: { failure?: string }) => error.failure ?? String(error),
  );

test('a password opens an encrypted paper; none and a wrong one are told apart', async () => {
  const file = await makePdf((pdf) => pdf.text(text), { userPassword: 'öffne', pdfVersion: '1.7' });
  expect(await failureOf(readPaper(file))).toBe('PASSWORD_NEEDED');
  expect(await failureOf(readPaper(file, { password: 'wrong' }))).toBe('PASSWORD_WRONG');
  const { pages } = await readPaper(file, { password: 'öffne' });
  expect(pages[0]!.text).toContain('Mice were weighed');
});

test('pictures without text are said to be that', async () => {
  const file = await makePdf((pdf) => pdf.rect(50, 50, 300, 300).fill('#888888'));
  expect(await failureOf(readPaper(file))).toBe('NO_TEXT');
});

test('more than 2,000 pages are refused before any is read', async () => {
  const seen: number[] = [];
  const reading = readPaper(pagesPdf(2_001), { onPage: ({ number }) => seen.push(number) });
  expect(await failureOf(reading)).toBe('TOO_MANY_PAGES');
  expect(seen).toEqual([]);
});

test('a page that inflates without end is named and the others are used', async () => {
  const good = Buffer.from(`BT /F1 10 Tf 60 700 Td (${text.slice(0, 300)}) Tj ET`);
  const file = pdfOf([
    { bytes: good, isDeflated: false },
    { bytes: deflateSync(bombOf(900)), isDeflated: true, times: 2 },
    { bytes: good, isDeflated: false },
  ]);
  const { report, pages } = await readPaper(file);
  expect(pages[0]!.text).toContain('Mice were weighed');
  expect(pages[2]!.text).toContain('Mice were weighed');
  expect(pages[1]!.error).toBe('This page needs more memory than one file may have.');
  expect(report.sentence).toBe('Pages 1, 3 read, 2 unreadable.');
  expect(report.peakMemoryBytes).toBeLessThan(1e9);
});

test('a paper is given up when its time is over', async () => {
  const file = await makePdf((pdf) => {
    for (let page = 0; page < 40; page++) pdf.addPage().text(text);
  });
  expect(await failureOf(readPaper(file, { limitMs: 1 }))).toBe('TOO_SLOW');
});

test('a paper without a readable page is called damaged only where a page is', () => {
  const { CORRUPT, TOO_SLOW, TOO_MUCH_MEMORY } = PAGE_ERRORS;
  expect(failureOfAll([TOO_SLOW, TOO_SLOW])).toBe('TOO_SLOW');
  expect(failureOfAll([TOO_MUCH_MEMORY])).toBe('TOO_MUCH_MEMORY');
  expect(failureOfAll([TOO_SLOW, CORRUPT])).toBe('CORRUPT');
});

test('reading stops when it is told to', async () => {
  const file = await makePdf((pdf) => {
    for (let page = 0; page < 60; page++) pdf.addPage().text(text);
  });
  const stop = new AbortController();
  const reading = readPaper(file, {
    signal: stop.signal,
    onPage: () => stop.abort(new Error('enough')),
  });
  await expect(reading).rejects.toThrow('enough');
});

test('a file that is cut short is read as far as it goes, or refused', async () => {
  const whole = await makePdf((pdf) => {
    for (let page = 0; page < 5; page++) pdf.addPage().text(text);
  });
  for (const share of [0.2, 0.5, 0.9]) {
    const cut = whole.subarray(0, Math.floor(share * whole.length));
    const failure = await failureOf(readPaper(cut));
    expect([null, 'CORRUPT', 'NO_TEXT', 'EMPTY']).toContain(failure);
  }
});

describe('the reader’s process', () => {
  test('reaches no network, starts no program and opens no door', async () => {
    let visits = 0;
    const server = createServer((socket) => {
      visits++;
      socket.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const script = path.join(dir, 'tries.mts');
    await writeFile(
      script,
      `
      import { spawn } from 'node:child_process';
      import dns from 'node:dns/promises';
      import http from 'node:http';
      import net, { connect } from 'node:net';
      import { Worker } from 'node:worker_threads';
      import { closeNetwork } from '${path.join(root, 'worker/reading/no-network.ts')}';
      const early = new net.Socket();
      closeNetwork();
      const tries = {
        connect: () => connect(${port}, '127.0.0.1'),
        socket: () => new net.Socket().connect(${port}, '127.0.0.1'),
        early: () => early.connect(${port}, '127.0.0.1'),
        http: () => http.get('http://127.0.0.1:${port}'),
        fetch: () => fetch('http://127.0.0.1:${port}'),
        dns: () => dns.resolve('example.org'),
        required: () => process.getBuiltinModule?.('net')?.connect(${port}, '127.0.0.1') ?? connect(${port}),
        spawn: () => spawn('true'),
        worker: () => new Worker('1', { eval: true }),
        listen: () => new net.Server().listen(0),
        binding: () => process.binding('tcp_wrap'),
      };
      const open = [];
      for (const [name, attempt] of Object.entries(tries)) {
        try { await attempt(); open.push(name); } catch (error) {
          if (!/is closed/.test(String(error))) open.push(name + ': ' + error);
        }
      }
      process.stdout.write(JSON.stringify(open));
      `,
    );
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], {
      cwd: root,
    });
    server.close();
    expect(JSON.parse(stdout)).toEqual([]);
    expect(visits).toBe(0);
  });

  test('runs PDFium that can ask for nothing but its own memory and files of its own', async () => {
    const imports = WebAssembly.Module.imports(await compilePdfium()).map(({ name }) => name);
    expect(imports.filter((name) => /sock|connect|fetch|http|exec|spawn/i.test(name))).toEqual([]);
  });

  test('may be killed from outside: the paper is read all the same', async () => {
    const file = await makePdf((pdf) => {
      for (let page = 0; page < 400; page++) pdf.addPage().text(text);
    });
    let killed: Promise<void> | null = null;
    const { report } = await readPaper(file, {
      onPage: () => {
        killed ??= childrenOf(process.pid).then((children) => {
          for (const child of children) process.kill(child, 'SIGKILL');
        });
      },
    });
    await killed;
    expect(report.sentence).toBe('Pages 2–401 read, 1 without text.');
  });

  test('is gone when its parent was killed', async () => {
    const script = path.join(dir, 'parent.ts');
    const paper = path.join(dir, 'long.pdf');
    await writeFile(
      paper,
      await makePdf((pdf) => {
        for (let page = 0; page < 300; page++) pdf.addPage().text(text);
      }),
    );
    await writeFile(
      script,
      `import { readPaper } from '${path.join(root, 'worker/reading/index.ts')}';
      void readPaper('${paper}', { onPage: ({ number }) => { if (number === 3) process.stdout.write('reading'); } });`,
    );
    const parent = spawn(process.execPath, ['--import', 'tsx', script], { cwd: root });
    await once(parent.stdout, 'data');
    const children = await childrenOf(parent.pid!);
    expect(children.length).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    for (let wait = 0; wait < 100 && children.some(isAlive); wait++) await sleep(100);
    expect(children.filter(isAlive)).toEqual([]);
  });
});

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']);
  return stdout
    .split('\n')
    .filter((line) => Number(line.trim().split(/\s+/)[1]) === pid && line.includes('child.ts'))
    .map((line) => Number(line.trim().split(/\s+/)[0]));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Pages that share one empty content. */
function pagesPdf(count: number): Uint8Array {
  const kids = Array.from({ length: count }, () => '3 0 R').join(' ');
  return objectsPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`,
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
  ]);
}
