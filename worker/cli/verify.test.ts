import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeBundle } from '@/server/reports/bundle';
import { type AnswerLine, compareBundleLines, publicUrl } from '@/server/reports/bundle-lines';
import { checkFolder } from '@/server/reports/check-folder';
import { cslItems } from '@/server/reports/csl';
import { originOf, toBibtex, toCslJson, toEvidenceCsv, toRis } from '@/server/reports/exports';
import type { Report } from '@/server/reports/schema';
import { EVIDENCE, SNAPSHOTS, worldReport } from '@/server/reports/testing-world';
import { run } from './verify';

let root: string;
let whole: string;
let report: Report;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'phial-export-'));
  whole = path.join(root, 'whole');
  report = worldReport();
  await writeExport(whole, null);
});
afterAll(() => rm(root, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

async function writeExport(dir: string, withheld: string | null): Promise<void> {
  await mkdir(dir);
  const origin = originOf(report);
  const items = cslItems(EVIDENCE, origin);
  const files: Record<string, string> = {
    'report.json': `${JSON.stringify(report, null, 1)}\n`,
    'report.html': `<p>${report.reportHash}</p>`,
    'evidence.csv': toEvidenceCsv(report),
    'references.csl.json': toCslJson(items),
    'references.bib': toBibtex(items, origin),
    'references.ris': toRis(items, origin),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(dir, name), text);
  const lines = SNAPSHOTS.map(
    ({ source, url, sha256, text }): AnswerLine => ({
      source,
      method: 'GET',
      url: publicUrl(url),
      requestBodySha256: null,
      status: 200,
      contentType: 'application/json',
      retrievedAt: '2026-11-22T10:00:00Z',
      sha256,
      bodyBase64: Buffer.from(text).toString('base64'),
    }),
  ).sort(compareBundleLines);
  await writeBundle(
    path.join(dir, 'bundle.ndjson.gz'),
    { format: 'phial.bundle/1', origin: 'recorded', createdAt: null, attributions: [] },
    lines,
    { mayShare: withheld === null ? null : (source) => source !== withheld },
  );
}

async function copyWith(name: string, change: (text: string) => string, file: string) {
  const dir = path.join(root, name);
  await cp(whole, dir, { recursive: true });
  const target = path.join(dir, file);
  const isPacked = file.endsWith('.gz');
  const bytes = await readFile(target);
  const text = change((isPacked ? gunzipSync(bytes) : bytes).toString());
  await writeFile(target, isPacked ? gzipSync(text) : text);
  return dir;
}

/** Runs the command and gives its exit code and what it printed. */
async function phial(...args: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const keep = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  const code = await run(args);
  vi.restoreAllMocks();
  return { code, text };
}

describe('phial verify', () => {
  it('holds for an export as written', async () => {
    const { code, text } = await phial(whole, '--hash', report.reportHash);
    expect(text).toContain('Everything holds.');
    expect(text).toContain('Not there, so not checked: report.pdf');
    expect(code).toBe(0);
    const json = await phial(whole, '--json');
    expect(JSON.parse(json.text)).toMatchObject({
      ok: true,
      problems: [],
      reportHash: report.reportHash,
    });
  });

  it('fails for another hash', async () => {
    const { code, text } = await phial(whole, '--hash', 'b'.repeat(64));
    expect(code).toBe(1);
    expect(text).toContain(report.reportHash);
  });

  it('names a changed snapshot and every claim that cites it', async () => {
    const [studies] = SNAPSHOTS;
    const dir = await copyWith(
      'snapshot',
      (text) =>
        text
          .split('\n')
          .map((line) => {
            if (!line.includes(studies?.sha256 ?? '-')) return line;
            const parsed = JSON.parse(line) as AnswerLine;
            const body = Buffer.from(parsed.bodyBase64 ?? '', 'base64');
            body[100] = (body[100] as number) ^ 1;
            return JSON.stringify({ ...parsed, bodyBase64: body.toString('base64') });
          })
          .join('\n'),
      'bundle.ndjson.gz',
    );
    const { code, text } = await phial(dir);
    expect(code).toBe(1);
    const citing = report.claims
      .filter(({ citations }) => citations.some((c) => c.snapshotSha256 === studies?.sha256))
      .map(({ id }) => id);
    expect(citing.length).toBeGreaterThan(3);
    expect(text).toContain(
      `Snapshot ${studies?.sha256} is cited by the claims ${citing.join(', ')}`,
    );
  });

  it('names a changed base64 character that spells the same bytes', async () => {
    const dir = await copyWith(
      'spelling',
      (text) => text.replace(/"bodyBase64":"([^"]+?)=+"/, '"bodyBase64":"$1"'),
      'bundle.ndjson.gz',
    );
    expect((await phial(dir)).code).toBe(1);
  });

  it('names a changed claim text', async () => {
    const dir = await copyWith(
      'text',
      (text) => text.replace('trials that name', 'trials that game'),
      'report.json',
    );
    const { code, text } = await phial(dir);
    expect(code).toBe(1);
    expect(text).toMatch(/claim 04-clinical-00001.*not what its template and slots say/);
  });

  it.each([
    [
      'report.html',
      (text: string) => text.replace(/[0-9a-f]{64}/, 'f'.repeat(64)),
      /report\.html: .*hash/,
    ],
    [
      'evidence.csv',
      (text: string) => text.replace('NCT90000001', 'NCT90000009'),
      /evidence\.csv: its rows/,
    ],
    [
      'references.bib',
      (text: string) => text.replace('NCT90000001', 'NCT90000009'),
      /references\.bib/,
    ],
    [
      'references.ris',
      (text: string) => text.replace('NOVARIL', 'X').replace('JOUR', 'BOOK'),
      /references\.ris/,
    ],
    [
      'references.csl.json',
      (text: string) => text.replace('NCT90000001', 'NCT90000009'),
      /references\.csl\.json|references\.bib/,
    ],
  ])('names a changed %s', async (file, change, what) => {
    const { code, text } = await phial(await copyWith(`changed ${file}`, change, file));
    expect(code).toBe(1);
    expect(text).toMatch(what);
  });

  it('says which citations it could not check in a bundle for sharing', async () => {
    const dir = path.join(root, 'share');
    await writeExport(dir, 'clinicaltrials');
    const { code, text } = await phial(dir);
    expect(code).toBe(0);
    expect(text).toContain('Everything that could be checked holds.');
    expect(text).toMatch(
      /Could not be checked \(body left out for sharing\): claim 04-clinical-00001/,
    );
  });

  it.each([
    [
      'report.json',
      (text: string) => text.replace('"schema"', '"schema'),
      /report\.json, line 2: it is not JSON/,
    ],
    [
      'report.json',
      (text: string) => text.replace('phial.report/1', 'phial.report/9'),
      /report\.json: it is no phial\.report\/1/,
    ],
    ['report.json', (text: string) => text.replace('"claims"', '"claim"'), /report\.json/],
    [
      'bundle.ndjson.gz',
      (text: string) => text.replace('phial.bundle/1', 'other'),
      /bundle\.ndjson\.gz, line 1/,
    ],
    [
      'bundle.ndjson.gz',
      (text: string) => text.replace('"status":200', '"status":"ok"'),
      /bundle\.ndjson\.gz, line 2/,
    ],
  ])('cannot read a broken %s', async (file, change, what) => {
    const dir = await copyWith(`broken ${file} ${what.source.replace(/\W/g, '')}`, change, file);
    const { code, text } = await phial(dir);
    expect(text).toMatch(what);
    expect(code).toBe(2);
  });

  it('cannot read what is not there', async () => {
    const { code, text } = await phial(path.join(root, 'nowhere'));
    expect(code).toBe(2);
    expect(text).toMatch(/report\.json: there is no such file/);
  });

  it('takes one folder and a whole hash', async () => {
    await expect(run([])).rejects.toThrow(/name one folder/);
    await expect(run([whole, '--hash', 'abc'])).rejects.toThrow(/64 hex/);
    await expect(run([whole, '--what'])).rejects.toThrow(/--what/);
  });
});

it('looks at snapshots that nothing cites, too', async () => {
  const dir = await copyWith(
    'uncited',
    (text) => {
      const line = JSON.parse(text.split('\n')[1] ?? '') as AnswerLine;
      const extra = {
        ...line,
        url: 'https://www.ebi.ac.uk/zzz',
        source: 'pubmed',
        sha256: 'c'.repeat(64),
      };
      return `${text}${JSON.stringify(extra)}\n`;
    },
    'bundle.ndjson.gz',
  );
  const { ok, problems } = await checkFolder(dir, null);
  expect(ok).toBe(false);
  expect(problems).toEqual([
    expect.objectContaining({
      snapshotSha256: 'c'.repeat(64),
      what: expect.stringMatching(/nothing cites/),
    }),
  ]);
});
