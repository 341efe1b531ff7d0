/** Asking papers: conversations, questions, and answers made of quoted sentences. */
export { type Answerer, answerQuestion } from './answer';
export { type Asked, ask, askAgain } from './ask';
export type { Draft, Drafter, DraftSentence } from './draft';
export { conversationEventSource } from './events';
export { ANSWER_FILES, answerFile, exportAnswer } from './export/make';
export { locateMarks } from './locate';
export {
  ANSWER_CONTROL_CHANNEL,
  AnswerSuperseded,
  beginAnswer,
  failAnswer,
  stopAnswer,
} from './machine';
export { draftFromSearch } from './search-draft';
