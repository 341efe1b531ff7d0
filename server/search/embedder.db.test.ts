import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Cache, openCache } from '@/server/cache';
import type { Ctx } from '@/server/context';
import { createWorld, type World } from '@/tests/world';
import { addDocuments } from './collection';
import { type Embedder, openEmbedder } from './embedder';
import { searchPassages } from './search';
import { trainEmbedding } from './train';

const synonyms = [
  ['heart', 'cardiac', 'myocardium'],
  ['kidney', 'renal', 'nephron'],
  ['liver', 'hepatic', 'hepatocyte'],
];

/** Knows words of three organs and nothing else. */
const embed = (text: string) =>
  synonyms.map((words) => words.filter((w) => text.toLowerCase().includes(w)).length + 0.01);

let world: World;
let server: Server;
let cache: Cache;
let embedder: Embedder;
let status = 200;
const requests: { input: string[]; key: string | undefined }[] = [];

beforeAll(async () => {
  world = await createWorld();
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { input } = JSON.parse(Buffer.concat(parts).toString()) as { input: string[] };
      requests.push({ input, key: request.headers.authorization });
      response.writeHead(status, { 'content-type': 'application/json' });
      // In no order of their own, as the protocol allows.
      const data = input.map((text, index) => ({ index, embedding: embed(text) })).reverse();
      response.end(JSON.stringify({ data }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  cache = openCache(undefined, 'test');
  embedder = openEmbedder(
    { EMBED_BASE_URL: `http://127.0.0.1:${port}/v1/`, EMBED_MODEL: 'organs', EMBED_API_KEY: 'k' },
    cache,
  )!;
});

afterEach(() => {
  status = 200;
  requests.length = 0;
});

afterAll(async () => {
  await cache.close();
  await new Promise((resolve) => server.close(resolve));
  await world.close();
});

describe('the embedding endpoint', () => {
  it('is asked in batches of 32, for each text once an hour', async () => {
    const texts = Array.from({ length: 70 }, (_, i) => `renal finding ${i}`);
    const vectors = await embedder.embed(texts);
    expect(requests.map(({ input }) => input.length)).toEqual([32, 32, 6]);
    expect(requests[0]!.key).toBe('Bearer k');
    expect(vectors).toHaveLength(70);
    expect(Math.hypot(...vectors[0]!)).toBeCloseTo(1, 6);
    await embedder.embed(texts);
    expect(requests).toHaveLength(3);
  });

  it('is none where no address or model is set', () => {
    expect(openEmbedder({}, cache)).toBeNull();
    expect(openEmbedder({ EMBED_BASE_URL: 'http://127.0.0.1:1' }, cache)).toBeNull();
  });
});

describe('search with a dense model', () => {
  let ctx: Ctx;
  let ids: string[];

  beforeAll(async () => {
    ctx = { ...(await world.member()), embedder };
    ids = await addDocuments({
      ctx,
      documents: [
        { id: 'a', title: 'Cardiac output', text: 'The myocardium was observed at rest.' },
        { id: 'b', title: 'Renal function', text: 'Each nephron was observed at rest.' },
        { id: 'c', title: 'Hepatic enzymes', text: 'Each hepatocyte was observed at rest.' },
      ],
    });
  });

  const find = async (query: string) =>
    (await searchPassages({ ctx, input: { query } })).map(({ paperId }) => ids.indexOf(paperId));

  it('finds what shares no word with the question', async () => {
    expect(await find('kidney')).toEqual([]);
    expect(await trainEmbedding({ ctx })).toEqual({ trained: true, added: 3 });
    expect((await find('kidney'))[0]).toBe(1);
    expect((await find('heart'))[0]).toBe(0);
    expect(await trainEmbedding({ ctx })).toEqual({ trained: false, added: 0 });
  });

  it('goes on by words while the endpoint is away, and catches up', async () => {
    const extra = { id: 'd', title: 'Cardiac rhythm', text: 'Nephron-free text about rhythm.' };
    const [added] = await addDocuments({ ctx, documents: [extra] });
    ids.push(added!);
    status = 500;
    expect(await find('rhythms')).toEqual([3]);
    await expect(trainEmbedding({ ctx })).rejects.toThrow('500');
    status = 200;
    expect(await trainEmbedding({ ctx })).toEqual({ trained: false, added: 1 });
    expect((await find('cardiac rhythms'))[0]).toBe(3);
  });
});

/** Two vocabularies of each subject, so that words find half of what is asked for. */
const vocabularies = [
  ['cardiac', 'heart'],
  ['renal', 'kidney'],
  ['hepatic', 'liver'],
].flatMap((pair, subject) => pair.map((word) => ({ word, subject })));
const plain = Array.from({ length: 72 }, (_, i) => {
  const { word } = vocabularies[i % vocabularies.length]!;
  return { id: String(i), title: `Cohort ${i}`, text: `The ${word} outcome of cohort ${i}.` };
});

function fitted(text: string): Float32Array {
  const vector = new Float32Array(3).fill(0.01);
  for (const { word, subject } of vocabularies) if (text.includes(word)) vector[subject]! += 1;
  return vector.map((v) => v / Math.hypot(...vector));
}

/** The same text gives the same vector, which says nothing of it. */
function drawn(text: string): Float32Array {
  const bytes = createHash('sha256').update(text).digest();
  const vector = Float32Array.from({ length: 8 }, (_, i) => bytes.readInt32LE(4 * i));
  return vector.map((v) => v / Math.hypot(...vector));
}

describe.each([
  ['fits the papers: all that words find, then what they do not', fitted, 24],
  ['does not fit them: all that words find', drawn, 12],
])('what is first with a model that %s', (name, vectorOf, right) => {
  it('is right', async () => {
    const standIn: Embedder = {
      name,
      embed: async (texts) => texts.map((text) => vectorOf(text.toLowerCase())),
    };
    const ctx = { ...(await world.member()), embedder: standIn };
    const ids = await addDocuments({ ctx, documents: plain });
    await trainEmbedding({ ctx });
    for (const { word, subject } of vocabularies) {
      const passages = await searchPassages({
        ctx,
        input: { query: `${word} outcome`, limit: 24 },
      });
      const found = passages.map(
        ({ paperId }) => vocabularies[ids.indexOf(paperId) % vocabularies.length]!,
      );
      expect(found.slice(0, 12).map((f) => f.word)).toEqual(Array(12).fill(word));
      expect(found.slice(0, right).map((f) => f.subject)).toEqual(Array(right).fill(subject));
    }
  });
});
