/** `phial research` and `phial verify` as a person runs them: what they print, and how they exit. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOURCE_IDS } from '@/server/evidence/schema';
import { EXPORT_FILES } from '@/server/reports/check-folder';
import type { Report } from '@/server/reports/schema';
import { checkout, openDataFolder } from '@/worker/cli/data-folder';
import { type DemoSources, startDemoSources } from './demo-sources';
import { until } from './wait';

const IMATINIB = 'KTUFNOKKBVMGRW-UHFFFAOYSA-N';
const MESYLATE =
  'CC1=C(C=C(C=C1)NC(=O)C2=CC=C(C=C2)CN3CCN(CC3)C)NC4=NC=CC(=N4)C5=CN=CC=C5.CS(=O)(=O)O';

interface Ended {
  code: number;
  /** Standard output and standard error. */
  text: string;
  /** The last line of standard output, where it is JSON. */
  result: Record<string, unknown>;
}

let root: string;
let sources: DemoSources;
/** On sources that cannot be reached. */
let deadSources: DemoSources;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'phial-research-'));
  [sources, deadSources] = await Promise.all([startDemoSources(), startDemoSources()]);
  deadSources.disturb(() => 'drop');
});
afterAll(async () => {
  await Promise.all([sources?.close(), deadSources?.close()]);
  for (const name of ['data', 'data-dead']) {
    const folder = await openDataFolder(at(name)).catch(() => null);
    if (folder) await rm(folder.databaseHome, { recursive: true, force: true });
  }
  await rm(root, { recursive: true, force: true });
});

const at = (name: string) => path.join(root, name);

function start(args: string[], asked: DemoSources = sources): ChildProcess {
  return spawn(process.execPath, [path.join('worker', 'cli', 'bootstrap.mjs'), ...args], {
    cwd: checkout,
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PHIAL_POSTGRES_BIN: process.env.PHIAL_POSTGRES_BIN,
      SOURCES_BASE_URL: asked.baseUrl,
      SOURCES_UNPACED: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function end(child: ChildProcess): Promise<Ended> {
  let out = '';
  let text = '';
  child.stdout?.on('data', (data) => {
    out += String(data);
    text += String(data);
  });
  child.stderr?.on('data', (data) => {
    text += String(data);
  });
  const [code] = (await once(child, 'close')) as [number];
  const last = out.trim().split('\n').at(-1) ?? '';
  const result = last.startsWith('{') ? (JSON.parse(last) as Record<string, unknown>) : {};
  return { code, text, result };
}

const phial = (...args: string[]) => end(start(args));
const research = (...args: string[]) =>
  phial('research', 'molecule', ...args, '--data', at('data'));

async function reportIn(folder: string): Promise<Report> {
  return JSON.parse(await readFile(path.join(folder, 'report.json'), 'utf8')) as Report;
}

describe('water, with every source failing', { timeout: 300_000 }, () => {
  it('is said to have insufficient evidence, and nothing else', async () => {
    const args = ['research', 'molecule', 'water', '--data', at('data-dead')];
    const child = start([...args, '--out', at('water'), '--json'], deadSources);
    const { code, text, result } = await end(child);
    expect(code, text).toBe(3);
    expect(result).toMatchObject({
      type: 'result',
      status: 'partial',
      label: 'Insufficient evidence',
      candidate: null,
    });
    const ledger = result.sources as { id: string; outcome: string; reason: string }[];
    expect(ledger.map(({ id, outcome }) => [id, outcome])).toEqual(
      SOURCE_IDS.map((id) => [id, 'failed']),
    );
    for (const { reason } of ledger) expect(reason).toMatch(/could not be reached/);
    expect(new Set(deadSources.log().map(({ source }) => source)).size).toBe(SOURCE_IDS.length);

    const report = await reportIn(at('water'));
    expect(report.decision).toMatchObject({ label: 'Insufficient evidence', candidate: null });
    expect([report.evidence, report.claims, report.candidates, report.dropped]).toEqual([
      [],
      [],
      [],
      0,
    ]);
    expect(report.sources.map(({ outcome }) => outcome)).toEqual(SOURCE_IDS.map(() => 'failed'));
    expect((await phial('verify', at('water'))).code).toBe(0);

    deadSources.disturb(() => 'hang');
    const cancelled = start(args, deadSources);
    const ended = end(cancelled);
    await until('requests', async () => deadSources.open() > 0, 60_000);
    cancelled.kill('SIGINT');
    expect((await ended).code).toBe(5);
  });
});

describe('a molecule', { timeout: 300_000 }, () => {
  /** All at once: whichever is first starts what they all use. */
  const ended: Record<string, Promise<Ended>> = {};
  const once = (name: string, args: string[]) => {
    ended[name] = research(...args);
  };
  const outcome = (name: string) => ended[name] as Promise<Ended>;
  beforeAll(() => {
    once('known', ['imatinib', '--out', at('out'), '--json']);
    once('misspelt', ['Imatinibb']);
    once('salt', [MESYLATE]);
    once('unparsable', ['C1CC(=O']);
    once('polymer', ['*CC(*)c1ccccc1']);
    once('key', [IMATINIB, '--sources', 'chembl,clinicaltrials', '--json']);
  });
  afterAll(() => Promise.allSettled(Object.values(ended)));

  it('is researched: exit 0, all files, and one event a line', async () => {
    const { code, text, result } = await outcome('known');
    expect(code, text).toBe(0);
    expect(result).toMatchObject({ type: 'result', status: 'completed' });
    const report = await reportIn(at('out'));
    expect(result.reportHash).toBe(report.reportHash);
    expect(report.subject.inchiKey).toBe(IMATINIB);
    expect(report.evidence.length).toBeGreaterThan(5);
    expect((result.files as string[]).map((file) => path.basename(file)).sort()).toEqual(
      [...EXPORT_FILES].sort(),
    );
  });

  it('by its exact InChIKey never asks', async () => {
    const { code, text, result } = await outcome('key');
    expect(code, text).toBe(0);
    expect(result).toMatchObject({ status: 'completed' });
  });

  it('in several parts asks: exit 4, with the choices', async () => {
    const { code, text } = await outcome('salt');
    expect(code, text).toBe(4);
    expect(text).toContain('Which one is meant?');
    expect(text).toMatch(new RegExp(`${IMATINIB}  Imatinib`));
    expect(text).toContain('Run the command again with one of these InChIKeys.');
  });

  it('that nobody knows is bad input: exit 2, with near names', async () => {
    const { code, text } = await outcome('misspelt');
    expect(code, text).toBe(2);
    expect(text).toContain('No identity source knows “Imatinibb”. Near names: Imatinib.');
  });

  it('that cannot be read is bad input: exit 2, with the reason', async () => {
    const { code, text } = await outcome('unparsable');
    expect(code, text).toBe(2);
    expect(text).toMatch(/SMILES/);
    expect(text).not.toMatch(/unexpectedly|at .*\.ts:/);
  });

  it('that is a polymer runs, and what cannot be done with it is said: exit 3', async () => {
    const { code, text } = await outcome('polymer');
    expect(code, text).toBe(3);
    expect(text).toContain('Understood as *CC(*)c1ccccc1, a structure without an InChIKey');
    expect(text).toMatch(/open attachment points/);
    expect(text).toContain('Insufficient evidence');
  });

  it('from an unknown source is bad input, before anything is started', async () => {
    const { code, text } = await research('imatinib', '--sources', 'pubmed,pubmud');
    expect(code).toBe(2);
    expect(text.trim()).toBe(
      `There is no source "pubmud". Known sources: ${SOURCE_IDS.join(', ')}.`,
    );
  });
});

describe('an export', { timeout: 300_000 }, () => {
  const bundleFile = 'bundle.ndjson.gz';

  /** A copy of the export, with one line of its bundle (from 1 on) changed. */
  async function withLine(name: string, line: number, change: (text: string) => string) {
    await cp(at('out'), at(name), { recursive: true });
    const file = path.join(at(name), bundleFile);
    const lines = gunzipSync(await readFile(file))
      .toString()
      .split('\n');
    lines[line - 1] = change(lines[line - 1] ?? '');
    await writeFile(file, gzipSync(lines.join('\n')));
    return at(name);
  }

  it('holds, gives the same hash when run again from its bundle, and names what was changed', async () => {
    const report = await reportIn(at('out'));
    const holds = await phial('verify', at('out'), '--hash', report.reportHash);
    expect(holds.code, holds.text).toBe(0);
    expect(holds.text).toContain('Everything holds.');

    const cited = report.claims.find(({ citations }) => citations.length > 0)?.citations[0];
    const sha256 = cited?.snapshotSha256 ?? '';
    const lines = gunzipSync(await readFile(path.join(at('out'), bundleFile)))
      .toString()
      .split('\n');
    const number = 1 + lines.findIndex((line) => line.includes(`"sha256":"${sha256}"`));
    expect(number).toBeGreaterThan(1);
    const changed = await withLine('changed', number, (text) => {
      const line = JSON.parse(text) as { bodyBase64: string };
      const body = Buffer.from(line.bodyBase64, 'base64');
      body[10] = (body[10] ?? 0) ^ 1;
      return JSON.stringify({ ...line, bodyBase64: body.toString('base64') });
    });
    const differs = await phial('verify', changed);
    expect(differs.code, differs.text).toBe(1);
    const citing = report.claims
      .filter(({ citations }) => citations.some((c) => c.snapshotSha256 === sha256))
      .map(({ id }) => id);
    expect(differs.text).toContain(
      `Snapshot ${sha256} is cited by the claims ${citing.join(', ')}`,
    );

    const foreign = await withLine('foreign', 1, () => '{"format":"other/1"}');
    const unreadable = await phial('verify', foreign);
    expect(unreadable.code, unreadable.text).toBe(2);
    expect(unreadable.text).toMatch(/bundle\.ndjson\.gz, line 1/);

    const pinned = (folder: string) =>
      research('imatinib', '--pinned', path.join(folder, bundleFile), '--json');
    const runs = await Promise.all([pinned(at('out')), pinned(changed), pinned(foreign)]);
    expect(runs.map(({ code }) => code)).toEqual([0, 2, 2]);
    expect(runs[0]?.result.reportHash).toBe(report.reportHash);
    expect(runs[1]?.result.message).toContain(`${path.join(changed, bundleFile)}, line ${number}:`);
    expect(runs[2]?.result.message).toContain(`${path.join(foreign, bundleFile)}, line 1:`);
  });
});
