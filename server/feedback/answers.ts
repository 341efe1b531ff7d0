/** What the API answers about votes and flags. */
import { z } from 'zod';
import { named } from '@/server/api/route';
import { FLAG_REASONS, FLAG_STATUSES, type Standing } from './schema';
import type { FeedbackStats } from './stats';

const reasons = z.array(z.enum(FLAG_REASONS));
const standing = named(
  'Standing',
  z.object({
    mine: z.union([z.literal(1), z.literal(-1)]).nullable(),
    totals: z.object({ up: z.number(), down: z.number() }).nullable(),
    flagged: reasons,
    accepted: reasons,
  }),
) satisfies z.ZodType<Standing>;

export const standingsAnswer = named('Standings', z.record(z.string(), standing));
export const votedAnswer = named('Voted', standing.extend({ evidenceId: z.string() }));
export const flaggedAnswer = named(
  'Flagged',
  z.object({ flagId: z.uuid(), evidenceId: z.string() }),
);

export const flagsAnswer = named(
  'FlagPage',
  z.object({
    flags: z.array(
      z.object({
        id: z.uuid(),
        evidenceId: z.string(),
        jobId: z.uuid(),
        jobInput: z.string(),
        title: z.string().nullable(),
        source: z.string().nullable(),
        externalId: z.string().nullable(),
        reason: z.enum(FLAG_REASONS),
        comment: z.string().nullable(),
        status: z.enum(FLAG_STATUSES),
        flaggedBy: z.string(),
        createdAt: z.date(),
        decisions: z.array(
          z.object({
            status: z.enum(FLAG_STATUSES),
            note: z.string().nullable(),
            by: z.string(),
            at: z.date(),
          }),
        ),
      }),
    ),
    counts: z.object({ open: z.number(), accepted: z.number(), rejected: z.number() }),
    pages: z.number(),
  }),
);

const tally = named('Tally', z.object({ name: z.string(), up: z.number(), down: z.number() }));
const count = z.number().int();
export const statsAnswer = named(
  'FeedbackStats',
  z.object({
    votes: z.object({ up: count, down: count, voters: count, evidence: count }),
    mine: z.object({ up: count, down: count }),
    bySource: z.array(tally),
    byKind: z.array(tally),
    byLevel: z.array(tally),
    flags: z.array(z.object({ reason: z.string(), open: count, accepted: count, rejected: count })),
    agreement: z.object({ alpha: z.number().nullable(), evidence: count }),
  }),
) satisfies z.ZodType<FeedbackStats>;
