/** What the API answers about questions. */
import { z } from 'zod';
import { named } from '@/server/api/route';
import { authorSchema } from '@/server/papers/reading';
import type { Asked } from './ask';
import type { AnswerView } from './queries';
import { paperCitationSchema } from './schema';

export const askedAnswer = named(
  'Asked',
  z.object({ conversationId: z.uuid(), messageId: z.uuid(), answerId: z.uuid() }),
) satisfies z.ZodType<Asked>;

const passage = named(
  'CitedPassage',
  z.object({
    role: z.enum(['answer', 'nearest']),
    position: z.number(),
    paperId: z.uuid(),
    section: z.string(),
    heading: z.string().nullable(),
    text: z.string(),
    phrased: z.object({ text: z.string(), sha256: z.string() }).nullable(),
    citations: z.array(paperCitationSchema),
    support: z.number(),
    paper: z.object({
      id: z.uuid(),
      title: z.string(),
      authors: z.array(authorSchema),
      year: z.number().nullable(),
      doi: z.string().nullable(),
      fileSha256: z.string(),
    }),
  }),
);

export const answerAnswer = named(
  'Answer',
  z.object({
    id: z.uuid(),
    attempt: z.number(),
    status: z.enum(['pending', 'answering', 'answered', 'abstained', 'stopped', 'failed']),
    reason: z.string().nullable(),
    message: z.string().nullable(),
    support: z.number().nullable(),
    threshold: z.number().nullable(),
    dropped: z.number(),
    droppedPhrasings: z.number(),
    model: z.string().nullable(),
    sentences: z.array(passage),
    nearest: z.array(passage),
    withheld: z.number(),
    createdAt: z.date(),
    startedAt: z.date().nullable(),
    finishedAt: z.date().nullable(),
  }),
) satisfies z.ZodType<AnswerView>;
