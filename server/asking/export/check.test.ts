import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '@/server/storage';
import { AnswerUnreadable, checkAnswer } from './check';
import { answerHash } from './hash';
import { ANSWER_FILES, answerFile } from './make';
import type { AnswerExport } from './schema';

const text = 'Sildenafil did not lower mortality (p = 0.4). It <b>improved</b> walking by 45 m.';
const cited = (quote: string) => ({
  fileSha256: 'a'.repeat(64),
  page: 3,
  pageTextSha256: sha256Hex(text),
  start: text.indexOf(quote),
  end: text.indexOf(quote) + quote.length,
  quote,
});
const sentence = (quote: string) => ({
  text: quote,
  section: 'results',
  heading: 'Results',
  support: 0.8,
  citations: [cited(quote)],
});

function answer(change: Partial<AnswerExport> = {}): AnswerExport {
  const draft = {
    schema: 'phial.answer/1' as const,
    question: 'Does it *lower* mortality?',
    askedAt: '2026-11-25T10:00:00.000Z',
    answeredAt: '2026-11-25T10:00:01.000Z',
    scope: 'all' as const,
    status: 'answered' as const,
    support: 0.8,
    threshold: 0.5,
    sentences: [
      {
        ...sentence('Sildenafil did not lower mortality (p = 0.4).'),
        phrased: {
          text: 'It was found that sildenafil did not lower mortality (p = 0.4).',
          sha256: sha256Hex('It was found that sildenafil did not lower mortality (p = 0.4).'),
        },
      },
      sentence('It <b>improved</b> walking by 45 m.'),
    ],
    nearest: [],
    papers: [
      { fileSha256: 'a'.repeat(64), title: 'A trial', authors: ['Ada B'], year: 2020, doi: null },
    ],
    pages: [{ fileSha256: 'a'.repeat(64), page: 3, textSha256: sha256Hex(text), text }],
    dropped: 0,
    droppedPhrasings: 1,
    model: 'player',
    versions: { app: '1' },
    ...change,
  };
  return { ...draft, answerHash: answerHash(draft) };
}

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'phial-answer-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function write(value: AnswerExport) {
  for (const name of ANSWER_FILES) await writeFile(path.join(dir, name), answerFile(value, name));
}

it('holds as written, and keeps words of papers from becoming markup', async () => {
  await write(answer());
  const check = await checkAnswer(dir);
  expect(check.problems).toEqual([]);
  expect(check.files.map(({ state }) => state)).toEqual(['holds', 'holds', 'holds']);
  expect(await readFile(path.join(dir, 'answer.html'), 'utf8')).not.toContain('<b>');
  expect(await readFile(path.join(dir, 'answer.md'), 'utf8')).toContain('\\<b\\>improved');
});

it('is the same answer whenever it is asked and however it is worded', () => {
  const { phrased: _, ...bare } = answer().sentences[0]!;
  const other = answer({
    askedAt: '2027-01-01T00:00:00.000Z',
    model: null,
    sentences: [bare, answer().sentences[1]!],
  });
  expect(other.answerHash).toBe(answer().answerHash);
});

describe('does not hold after a change of', () => {
  const first = answer().sentences[0]!;
  const changed = (part: Partial<AnswerExport>) => answer(part);
  it.each<[string, AnswerExport, RegExp]>([
    [
      'a quote',
      changed({
        sentences: [{ ...first, citations: [{ ...first.citations[0]!, quote: 'It did.' }] }],
      }),
      /quote does not stand/,
    ],
    [
      'a sentence',
      changed({ sentences: [{ ...first, text: 'It did.' }] }),
      /not what its quotes say/,
    ],
    [
      'an offset',
      changed({ sentences: [{ ...first, citations: [{ ...first.citations[0]!, start: 1 }] }] }),
      /quote does not stand/,
    ],
    [
      'a wording',
      changed({
        sentences: [
          {
            ...first,
            phrased: {
              text: 'Sildenafil did lower mortality (p = 0.4).',
              sha256: sha256Hex('Sildenafil did lower mortality (p = 0.4).'),
            },
          },
        ],
      }),
      /drops the negation/,
    ],
    ['a page', changed({ pages: [{ ...answer().pages[0]!, text: `${text} ` }] }), /was changed/],
    ['the pages', changed({ pages: [] }), /is not there/],
    ['the hash', { ...answer(), answerHash: 'b'.repeat(64) }, /hash is/],
    ['the question', { ...answer(), question: 'Another?' }, /hash is/],
    ['the verdict', changed({ status: 'abstained' }), /holds an answer/],
  ])('%s', async (_what, value, problem) => {
    await write(value);
    const check = await checkAnswer(dir);
    expect(check.ok).toBe(false);
    expect(check.problems.map(({ what }) => what).join()).toMatch(problem);
  });

  it('another file', async () => {
    await write(answer());
    await writeFile(path.join(dir, 'answer.md'), 'It lowers mortality.');
    expect((await checkAnswer(dir)).problems).toEqual([
      { what: 'answer.md does not say what answer.json says', sentence: null },
    ]);
  });
});

it('is compared with the pages of a PDF, where there is one', async () => {
  await write(answer());
  const reading = (textSha256: string) =>
    checkAnswer(dir, { extract: async () => [{ page: 3, textSha256 }] });
  expect((await reading(sha256Hex(text))).ok).toBe(true);
  expect((await reading(sha256Hex('else'))).problems[0]?.what).toMatch(/reads otherwise/);
});

it.each([
  ['{\n"schema": 1,', /line 2/],
  ['{"schema":"phial.answer/1"}', /answerHash/],
])('cannot read %s', async (json, message) => {
  await writeFile(path.join(dir, 'answer.json'), json);
  const reading = checkAnswer(dir);
  await expect(reading).rejects.toThrow(AnswerUnreadable);
  await expect(reading).rejects.toThrow(message);
});
