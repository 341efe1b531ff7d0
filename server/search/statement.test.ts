import { expect, it } from 'vitest';
import type { ChunkSentence } from './sentences';
import { statementScore } from './statement';

const sentence: ChunkSentence = {
  chunkId: 1,
  paperId: '',
  section: 'results',
  heading: null,
  title: [],
  number: 0,
  of: 2,
  isCaption: false,
  tokens: [1, 2, 3, 4, 5, 6, 7],
  citations: [],
};

it('prefers running text to captions and to headings', () => {
  const body = statementScore(sentence);
  expect(statementScore({ ...sentence, isCaption: true })).toBeLessThan(body);
  expect(statementScore({ ...sentence, tokens: [1, 2] })).toBeLessThan(body);
});
