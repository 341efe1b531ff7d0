import { expect, it } from 'vitest';
import type { AnswerView } from '@/server/asking/queries';
import type { ConversationEvent, PassageView } from '@/server/asking/schema';
import { tellsLess, underWay, withEvent } from './conversation-state';

const answer: AnswerView = {
  id: 'a1',
  attempt: 1,
  status: 'pending',
  reason: null,
  message: null,
  support: null,
  threshold: null,
  dropped: 0,
  droppedPhrasings: 0,
  model: null,
  sentences: [],
  nearest: [],
  withheld: 0,
  createdAt: new Date(0),
  startedAt: null,
  finishedAt: null,
};
const view = {
  seq: 1,
  messages: [{ id: 'm1', text: 'Why?', askedBy: null, createdAt: new Date(0), answer }],
};
const passage = (position: number, text: string): PassageView => ({
  role: 'answer',
  position,
  paperId: 'p',
  section: 'abstract',
  heading: null,
  text,
  phrased: null,
  citations: [],
  support: 1,
  paper: { id: 'p', title: 'T', authors: [], year: null, doi: null, fileSha256: '' },
});
const told = (seq: number, type: string, data: object) =>
  ({ conversationId: 'c', seq, type, at: '2026-01-01T00:00:00Z', data }) as ConversationEvent;
const found = (seq: number, position: number, text: string) =>
  told(seq, 'passage.found', {
    answerId: 'a1',
    role: 'answer',
    position,
    passage: passage(position, text),
  });

const texts = (state: typeof view) =>
  state.messages[0]?.answer.sentences.map((sentence) => sentence.text);

it('gathers sentences in their order, each once', () => {
  const events = [
    told(2, 'answer.started', { answerId: 'a1' }),
    found(3, 2, 'second'),
    found(4, 1, 'first'),
    found(4, 1, 'again'),
  ];
  const state = events.reduce(withEvent, view);
  expect(texts(state)).toEqual(['first', 'second']);
  expect(underWay(state)?.status).toBe('answering');
});

it('begins anew when another worker takes over', () => {
  const events = [found(2, 1, 'lost'), told(3, 'answer.started', { answerId: 'a1' })];
  expect(texts(events.reduce(withEvent, view))).toEqual([]);
});

it('ends, and says what is withheld', () => {
  const end = { status: 'answered', sentences: 2, dropped: 1 };
  const gone = told(3, 'passage.found', {
    answerId: 'a1',
    role: 'answer',
    position: 2,
    passage: null,
  });
  const events = [found(2, 1, 'kept'), gone, told(4, 'answer.ended', { answerId: 'a1', end })];
  const state = events.reduce(withEvent, view);
  expect(underWay(state)).toBeNull();
  expect(state.messages[0]?.answer).toMatchObject({ status: 'answered', withheld: 1, dropped: 1 });
  expect(texts(state)).toEqual(['kept']);
});

it('knows when to read the conversation anew', () => {
  const asked = (answerId: string) => told(2, 'question.asked', { messageId: 'm1', answerId });
  expect(tellsLess(view, asked('a1'))).toBe(false);
  expect(tellsLess(view, asked('a2'))).toBe(true);
});
