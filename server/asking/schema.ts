/** The words of asking: questions, answers, citations, events. Browser-safe. */
import { z } from 'zod';
import type { Author } from '@/server/papers/reading';

export const LIMITS = {
  questionCharacters: 10_000,
  /** Papers a selection may name. */
  papers: 1_000,
  /** Sentences of one answer. */
  sentences: 6,
} as const;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const offset = z.number().int().nonnegative();

/** Offsets are UTF-16 units of the page's text; pages count from 1. */
export const paperCitationSchema = z.object({
  fileSha256: sha256,
  page: z.number().int().positive(),
  pageTextSha256: sha256,
  start: offset,
  end: offset,
  quote: z.string().min(1),
});
export type PaperCitation = z.infer<typeof paperCitationSchema>;

/** What no text needs and Postgres partly refuses: control characters and halves of surrogate pairs. */
const UNWRITABLE = /\p{Cs}|[^\P{Cc}\n\t]/gu;

/** Its length is checked by the verb, in characters as people count them. */
export const questionText = z
  .string()
  .max(4 * LIMITS.questionCharacters)
  .transform((text) => text.replace(/\r\n?/g, '\n').replace(UNWRITABLE, '').trim());

export const askInput = z.object({
  text: questionText,
  /** Goes on with this conversation; without it a new one begins. */
  conversationId: z.uuid().nullable().default(null),
  /** Of a new conversation: these papers alone; null means all. */
  paperIds: z.array(z.uuid()).min(1).max(LIMITS.papers).nullable().default(null),
});
export type AskInput = z.input<typeof askInput>;

export type AnswerStatus =
  | 'pending'
  | 'answering'
  | 'answered'
  | 'abstained'
  | 'stopped'
  | 'failed';

export const isUnderWay = (status: AnswerStatus) => status === 'pending' || status === 'answering';

export type PassageRole = 'answer' | 'nearest';

/** A quoted sentence; all its citations are of one paper. */
export interface Passage {
  role: PassageRole;
  /** From 1. */
  position: number;
  paperId: string;
  section: string;
  heading: string | null;
  text: string;
  phrased: { text: string; sha256: string } | null;
  citations: PaperCitation[];
  support: number;
}

/** What screens say of a paper beside its quotes. */
export interface PaperBrief {
  id: string;
  title: string;
  authors: Author[];
  year: number | null;
  doi: string | null;
  fileSha256: string;
}

/** A passage with the paper it stands in. */
export interface PassageView extends Passage {
  paper: PaperBrief;
}

/** How an answer ended. */
export interface AnswerEnd {
  status: 'answered' | 'abstained' | 'stopped' | 'failed';
  reason: string | null;
  message: string | null;
  support: number | null;
  threshold: number | null;
  sentences: number;
  dropped: number;
  droppedPhrasings: number;
  model: string | null;
}

/** What each event says. Past tense; append-only. A passage is null once its paper has gone. */
export interface ConversationEventData {
  'question.asked': { messageId: string; answerId: string };
  'answer.started': { answerId: string };
  'passage.found': {
    answerId: string;
    role: PassageRole;
    position: number;
    passage: PassageView | null;
  };
  'passage.phrased': {
    answerId: string;
    role: PassageRole;
    position: number;
    passage: PassageView | null;
  };
  'answer.ended': { answerId: string; end: AnswerEnd };
}
export type ConversationEventType = keyof ConversationEventData;

/** An event as readers get it. */
export type ConversationEvent = {
  [T in ConversationEventType]: {
    conversationId: string;
    seq: number;
    type: T;
    at: string;
    data: ConversationEventData[T];
  };
}[ConversationEventType];

/** `resync`: events after the cursor are no longer kept; read the conversation anew. */
export type WatchedConversation =
  | ConversationEvent
  | { conversationId: string; type: 'resync'; seq: number };
