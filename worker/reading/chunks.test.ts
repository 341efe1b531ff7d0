import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  type BlockKind,
  joinPlaces,
  type PageRead,
  type SectionKind,
} from '@/server/papers/reading';
import { chunksOf } from './chunks';

type Part = [text: string, kind?: BlockKind, section?: SectionKind];

function page(number: number, parts: Part[]): PageRead {
  let text = '';
  const blocks = parts.map(([own, kind = 'paragraph', section = 'results']) => {
    if (text !== '') text += '\n\n';
    const start = text.length;
    text += own;
    return { start, end: text.length, kind, section };
  });
  return {
    number,
    widthPt: 595,
    heightPt: 842,
    text,
    textSha256: createHash('sha256').update(text).digest('hex'),
    words: [],
    blocks,
    hidden: [],
    error: null,
  };
}

const sentence = (at: number) =>
  `Sentence number ${at} says what was seen on that day in all of the wards.`;
const sentences = (count: number) =>
  Array.from({ length: count }, (_, at) => sentence(at)).join(' ');

test('long sections fall into even pieces of whole sentences', () => {
  const chunks = chunksOf([page(1, [['Results', 'heading'], [sentences(60)]])]);
  const words = chunks.map(({ text }) => text.split(' ').length);
  expect(chunks.length).toBeGreaterThan(2);
  expect(Math.min(...words)).toBeGreaterThan(180);
  expect(Math.max(...words)).toBeLessThan(330);
  expect(chunks.every(({ heading }) => heading === 'Results')).toBe(true);
  expect(chunks.map(({ text }) => text).join(' ')).toBe(sentences(60));
});

test('a sentence that runs over the end of a page stays one, at two places', () => {
  const pages = [
    page(1, [['It was seen that the treat-']]),
    page(2, [['ment helped. Nothing else did.']]),
  ];
  const [chunk] = chunksOf(pages);
  expect(chunk!.text).toBe('It was seen that the treatment helped. Nothing else did.');
  expect(chunk!.sentences).toEqual([
    { page: 1, start: 0, end: 27, continues: true },
    { page: 2, start: 0, end: 12 },
    { page: 2, start: 13, end: 30 },
  ]);
  const slices = chunk!.places.map((at) => pages[at.page - 1]!.text.slice(at.start, at.end));
  expect(joinPlaces(slices)).toBe(chunk!.text);
});

test('a sentence reads on past a figure’s words and a caption is a piece of its own', () => {
  const chunks = chunksOf([
    page(1, [
      ['Growth was faster in the group that'],
      ['Figure 1. Growth by group.', 'caption'],
      ['12 14 16', 'other'],
      ['had been fed twice.'],
    ]),
  ]);
  expect(chunks.map(({ text }) => text)).toEqual([
    'Growth was faster in the group that had been fed twice.',
    'Figure 1. Growth by group.',
  ]);
  expect(chunks.map(({ sentences }) => sentences.map(({ caption }) => caption ?? false))).toEqual([
    [false, false],
    [true, true],
  ]);
});

test('sections are never mixed, and neither headers nor references are searched', () => {
  const chunks = chunksOf([
    page(1, [
      ['Some Journal', 'header', 'front'],
      ['A university in a town.', 'paragraph', 'front'],
      ['All was well.', 'paragraph', 'abstract'],
      ['Methods', 'heading', 'methods'],
      ['We looked.', 'paragraph', 'methods'],
      ['1. Smith J. A book. 2001.', 'reference', 'references'],
    ]),
  ]);
  expect(chunks.map(({ section, text }) => [section, text])).toEqual([
    ['abstract', 'All was well.'],
    ['methods', 'We looked.'],
  ]);
});
