/** Finding: the index of chunks, and what is asked of it. */
export { answerDraft } from './answer';
export { addDocuments, type PlainDocument } from './collection';
export { type IndexedChunk, indexChunks, removePaper } from './index-chunks';
export { recountIndex } from './recount';
export type {
  AnswerDraft,
  Passage,
  PickedSentence,
  QuoteCitation,
  SearchFilter,
  SearchPassagesInput,
} from './schema';
export { searchPassages } from './search';
export { similarPassages } from './similar';
export { trainEmbedding } from './train';
export { ANALYSIS } from './words';
