import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyOf, readBundle, readBundleStructure, writeBundle } from './bundle';
import {
  type AnswerLine,
  type BundleHeader,
  type BundleLine,
  compareBundleLines,
  createBundleIndex,
  type FailureLine,
  isAnswer,
  publicUrl,
} from './bundle-lines';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'phial-bundle-'));
});
afterAll(() => rm(folder, { recursive: true }));

const HEADER: BundleHeader = {
  format: 'phial.bundle/1',
  origin: 'recorded',
  createdAt: '2026-11-22T10:00:00Z',
  attributions: ['PubMed: National Library of Medicine'],
};

function answer(url: string, body: string, more: Partial<AnswerLine> = {}): AnswerLine {
  return {
    source: 'pubmed',
    method: 'GET',
    url,
    requestBodySha256: null,
    status: 200,
    contentType: 'text/xml',
    retrievedAt: '2026-11-22T10:00:01Z',
    sha256: createHash('sha256').update(body).digest('hex'),
    bodyBase64: Buffer.from(body).toString('base64'),
    ...more,
  };
}

const failure: FailureLine = {
  source: 'openfda',
  method: 'GET',
  url: 'https://api.fda.gov/drug/label.json?limit=5',
  requestBodySha256: null,
  status: null,
  retrievedAt: null,
  error: 'timeout: no answer in time',
};
const cut: BundleLine = {
  source: 'openfda',
  step: 'gather:openfda',
  cut: 'budget',
  afterRequests: 3,
  status: null,
  error: null,
};
const LINES = [
  failure,
  cut,
  answer('https://eutils.ncbi.nlm.nih.gov/a?db=pubmed', '<a>caf\u00e9</a>'),
  answer('https://eutils.ncbi.nlm.nih.gov/b', '<b/>', { status: 429 }),
  answer('https://eutils.ncbi.nlm.nih.gov/b', '<b>2</b>'),
];

async function write(name: string, lines: BundleLine[] = LINES, header = HEADER): Promise<string> {
  const file = path.join(folder, name);
  await writeBundle(file, header, lines);
  return file;
}

async function rewritten(name: string, change: (lines: string[]) => string[]): Promise<string> {
  const file = await write(name);
  const lines = gunzipSync(await readFile(file))
    .toString()
    .split('\n');
  await writeFile(file, gzipSync(change(lines).join('\n')));
  return file;
}

describe('a bundle file', () => {
  it('is read as it was written, the same bytes each time', async () => {
    const file = await write('whole.gz');
    expect(await readBundle(file)).toEqual({ header: HEADER, lines: LINES });
    expect(await readFile(await write('again.gz'))).toEqual(await readFile(file));
  });

  it('is not left half written', async () => {
    const broken = [LINES[2]!, failure];
    await expect(write('half.gz', broken)).rejects.toThrow(/order/);
    await expect(stat(path.join(folder, 'half.gz'))).rejects.toThrow(/ENOENT/);
    await expect(stat(path.join(folder, 'half.gz.part'))).rejects.toThrow(/ENOENT/);
  });

  it('is not written with a key in an address', async () => {
    const line = answer('https://eutils.ncbi.nlm.nih.gov/a?api_key=secret', '');
    await expect(write('key.gz', [line])).rejects.toThrow(/public form/);
  });

  it('leaves out bodies that may not be passed on, and keeps their hashes', async () => {
    const file = path.join(folder, 'share.gz');
    await writeBundle(file, HEADER, LINES, { mayShare: (source) => source !== 'pubmed' });
    const { lines } = await readBundle(file);
    const answers = lines.filter(isAnswer);
    expect(answers.map((line) => line.bodyBase64)).toEqual([null, null, null]);
    expect(answers[0]!.sha256).toBe((LINES[2] as AnswerLine).sha256);
    expect(bodyOf(answers[0]!)).toBe('withheld');
  });
});

describe('a bad bundle is refused whole', () => {
  const edit = (number: number, change: (line: string) => string) => (lines: string[]) =>
    lines.map((line, index) => (index === number - 1 ? change(line) : line));
  const patch = (number: number, fields: object) =>
    edit(number, (line) => JSON.stringify({ ...JSON.parse(line), ...fields }));

  it.each([
    ['another format', patch(1, { format: 'phial.bundle/2' }), 1],
    ['a header without origin', patch(1, { origin: undefined }), 1],
    ['a line that is not JSON', edit(3, () => '{"source":'), 3],
    ['an unknown source', patch(2, { source: 'drugbank' }), 2],
    ['a field of its own', patch(4, { score: 1 }), 4],
    ['a hash that is none', patch(4, { sha256: 'ABC' }), 4],
    ['another body', patch(4, { bodyBase64: Buffer.from('other').toString('base64') }), 4],
    ['a body that is not base64', patch(5, { bodyBase64: '***' }), 5],
    ['a body spelt another way', patch(4, { bodyBase64: 'PGE+Y2Fmw6k8L2E+Cg' }), 4],
    ['a status that is none', patch(4, { status: 42 }), 4],
    ['an answer without status', patch(4, { status: null }), 4],
    ['an empty line', edit(5, () => ''), 5],
    ['an end within a line', (lines: string[]) => [...lines.slice(0, 4), '{"source"'], 5],
  ])('for %s', async (name, change, line) => {
    const file = await rewritten(`bad ${name.replaceAll('/', '')}.gz`, change);
    await expect(readBundle(file)).rejects.toMatchObject({
      reason: 'BUNDLE_UNREADABLE',
      line,
      message: expect.stringContaining(`line ${line}`),
    });
  });

  it('for bytes that are not gzip, a broken file, none at all', async () => {
    const text = path.join(folder, 'text.gz');
    await writeFile(text, 'hello');
    await expect(readBundle(text)).rejects.toThrow(/gzip/);
    const whole = await readFile(await write('to-cut.gz'));
    const half = path.join(folder, 'cut.gz');
    await writeFile(half, whole.subarray(0, whole.length - 20));
    await expect(readBundle(half)).rejects.toThrow(/gzip/);
    const empty = path.join(folder, 'empty.gz');
    await writeFile(empty, gzipSync(''));
    await expect(readBundle(empty)).rejects.toThrow(/empty/);
    await expect(readBundle(path.join(folder, 'none.gz'))).rejects.toThrow(/no such file/);
  });

  it('before it unpacks to more than the limit', async () => {
    const bomb = path.join(folder, 'bomb.gz');
    await writeFile(bomb, gzipSync(Buffer.alloc(8 * 2 ** 20, 65)));
    const limits = { totalBytes: 4 * 2 ** 20, lineBytes: 2 ** 20 };
    await expect(readBundle(bomb, limits)).rejects.toThrow(/line unpacks to more/);
    await writeFile(bomb, gzipSync(`${JSON.stringify(HEADER)}\n`.repeat(40000)));
    await expect(readBundle(bomb, { totalBytes: 100, lineBytes: 2 ** 20 })).rejects.toThrow(
      /bundle unpacks to more/,
    );
  });

  it('but a body that is not what its hash says can be left to the verifier', async () => {
    const file = await rewritten('structure.gz', patch(4, { bodyBase64: 'AAAA' }));
    const { lines } = await readBundleStructure(file);
    expect(lines.filter(isAnswer).map(bodyOf)).toContain('corrupt');
  });
});

describe('a composed bundle', () => {
  const header: BundleHeader = { ...HEADER, origin: 'composed' };
  const composed = answer('https://eutils.ncbi.nlm.nih.gov/a', '<a/>', {
    status: null,
    retrievedAt: null,
  });

  it('states neither status nor time', async () => {
    const file = await write('composed.gz', [composed], header);
    expect((await readBundle(file)).lines).toEqual([composed]);
  });

  it('is refused when an answer states a time as if it had been asked for', async () => {
    const line = { ...composed, retrievedAt: '2026-11-22T10:00:01Z' };
    await expect(write('timed.gz', [line], header)).rejects.toThrow(/retrieved/);
  });
});

describe('lookup', () => {
  const index = createBundleIndex(LINES);
  const key = { source: 'pubmed', method: 'GET', requestBodySha256: null } as const;

  it('takes the last line of a retried request', () => {
    expect(index.find({ ...key, url: 'https://eutils.ncbi.nlm.nih.gov/b' })).toBe(LINES[4]);
  });

  it('tells source, method, address and body apart', () => {
    const url = 'https://eutils.ncbi.nlm.nih.gov/b';
    expect(index.find({ ...key, source: 'europepmc', url })).toBeNull();
    expect(index.find({ ...key, method: 'POST', url })).toBeNull();
    expect(index.find({ ...key, url: `${url}?x=1` })).toBeNull();
    expect(index.find({ ...key, requestBodySha256: 'a'.repeat(64), url })).toBeNull();
  });

  it('finds failures and cuts', () => {
    const { source, method, requestBodySha256, url } = failure;
    expect(index.find({ source, method, requestBodySha256, url })).toBe(failure);
    expect(index.cut('openfda', 'gather:openfda')).toBe(cut);
    expect(index.cut('openfda', 'other')).toBeNull();
  });

  it('does not mind order, keys and contacts of a query', () => {
    expect(
      index.find({
        ...key,
        url: 'https://eutils.ncbi.nlm.nih.gov/a?tool=phial&db=pubmed&email=a%40b.c&api_key=k',
      }),
    ).toBe(LINES[2]);
    expect(publicUrl('https://h.org/p?b=2&a=x+y&a=%C3%A9#top')).toBe(
      'https://h.org/p?a=x%20y&a=%C3%A9&b=2',
    );
  });
});

it('keeps the order of asking within one key, whatever order lines come in', () => {
  const shuffled = [LINES[3]!, LINES[1]!, LINES[4]!, LINES[0]!, LINES[2]!];
  expect([...shuffled].sort(compareBundleLines)).toEqual(LINES);
});
