/** Finding: the index of chunks, and what is asked of it. */
export { addDocuments, type PlainDocument } from './collection';
export { type IndexedChunk, indexChunks, removePaper } from './index-chunks';
export type { Passage, SearchFilter, SearchPassagesInput } from './schema';
export { searchPassages } from './search';
export { trainEmbedding } from './train';
