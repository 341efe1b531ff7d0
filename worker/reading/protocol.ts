/** What parent and reader say to each other over their private channel. */
import type { ReadingFailure } from '@/server/papers/reading';
import type { UnreadPage } from './document';

export interface Order {
  file: string | Uint8Array;
  password: string | null;
  /** Pages that ended an earlier attempt. */
  skip: UnreadPage[];
}

export type Answer =
  | { type: 'ready' }
  | { type: 'opened'; pages: number }
  /** Pages come in order: after one of them the next is being read, should that end the process. */
  | { type: 'read'; page: number; error: string | null }
  /** `json`: a `Document`; half the size and half the parent's work of a copied object. */
  | { type: 'paper'; json: string; peakMemoryBytes: number; memoryBytes: number }
  | { type: 'failed'; failure: ReadingFailure }
  | { type: 'broken'; message: string };

/** Printed on standard error by the watch inside the reader before it ends it. */
export const OUT_OF_MEMORY = 'phial: out of memory';
