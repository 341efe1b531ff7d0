/** An answer as a file that can be checked without Phial: `phial.answer/1`. */
import { z } from 'zod';
import { paperCitationSchema } from '../schema';

export const ANSWER_SCHEMA = 'phial.answer/1';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in lower-case hex');
const count = z.int().nonnegative();

const sentence = z.strictObject({
  text: z.string().min(1),
  /** A model's wording that says the same; outside the hash. */
  phrased: z.strictObject({ text: z.string(), sha256 }).optional(),
  section: z.string(),
  heading: z.string().nullable(),
  support: z.number(),
  citations: z.array(paperCitationSchema).min(1, 'a sentence needs a citation'),
});

export const answerExportSchema = z.strictObject({
  schema: z.literal(ANSWER_SCHEMA),
  answerHash: sha256,
  question: z.string(),
  askedAt: z.string(),
  answeredAt: z.string().nullable(),
  scope: z.enum(['all', 'selection']),
  status: z.enum(['answered', 'abstained']),
  support: z.number().nullable(),
  threshold: z.number().nullable(),
  sentences: z.array(sentence),
  /** Of an answer that abstains: what came nearest. */
  nearest: z.array(sentence),
  papers: z.array(
    z.strictObject({
      fileSha256: sha256,
      title: z.string(),
      authors: z.array(z.string()),
      year: z.int().nullable(),
      doi: z.string().nullable(),
    }),
  ),
  /** The whole text of every cited page, as it was read. */
  pages: z.array(
    z.strictObject({
      fileSha256: sha256,
      page: z.int().positive(),
      textSha256: sha256,
      text: z.string(),
    }),
  ),
  /** Sentences that were picked and did not stand where they should, and wordings that failed. */
  dropped: count,
  droppedPhrasings: count,
  model: z.string().nullable(),
  versions: z.strictObject({ app: z.string() }),
});
export type AnswerExport = z.infer<typeof answerExportSchema>;
export type ExportedSentence = AnswerExport['sentences'][number];
