/** A conversation as it stands: what the server read, brought up to date by events. Pure. */
import type { AnswerView, ConversationView } from '@/server/asking/queries';
import { type ConversationEvent, isUnderWay, type PassageView } from '@/server/asking/schema';

type View = Pick<ConversationView, 'seq' | 'messages'>;

/** An event that the view already holds changes nothing. */
export function withEvent<V extends View>(view: V, event: ConversationEvent): V {
  if (event.seq <= view.seq) return view;
  const { answerId } = event.data;
  const messages = view.messages.map((message) =>
    message.answer.id === answerId
      ? { ...message, answer: changed(message.answer, event) }
      : message,
  );
  return { ...view, seq: event.seq, messages };
}

function changed(answer: AnswerView, event: ConversationEvent): AnswerView {
  switch (event.type) {
    case 'answer.started':
      return { ...answer, status: 'answering', startedAt: new Date(event.at), ...NOTHING };
    case 'passage.found':
    case 'passage.phrased':
      return event.data.passage ? withPassage(answer, event.data.passage) : answer;
    case 'answer.ended': {
      const { sentences, ...end } = event.data.end;
      const withheld = Math.max(0, sentences - answer.sentences.length);
      return { ...answer, ...end, withheld, finishedAt: new Date(event.at) };
    }
    default:
      return answer;
  }
}

const NOTHING = { sentences: [], nearest: [], withheld: 0 };

function withPassage(answer: AnswerView, passage: PassageView): AnswerView {
  const list = passage.role === 'answer' ? 'sentences' : 'nearest';
  const others = answer[list].filter(({ position }) => position !== passage.position);
  return {
    ...answer,
    [list]: [...others, passage].sort((a, b) => a.position - b.position),
  };
}

/** Somebody asked, or asked again, in a way that events alone do not tell. */
export const tellsLess = (view: View, event: ConversationEvent): boolean =>
  event.type === 'question.asked' &&
  !view.messages.some(({ answer }) => answer.id === event.data.answerId);

export const underWay = (view: View): AnswerView | null =>
  view.messages.find(({ answer }) => isUnderWay(answer.status))?.answer ?? null;
