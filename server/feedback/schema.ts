/** What may be said of evidence. Browser-safe. */
import { z } from 'zod';

export const FLAG_REASONS = ['wrong', 'duplicate', 'retracted', 'off-topic'] as const;
export type FlagReason = (typeof FLAG_REASONS)[number];
export const FLAG_WORDS: Record<FlagReason, string> = {
  wrong: 'wrong',
  duplicate: 'the same as another record',
  retracted: 'retracted',
  'off-topic': 'beside the point',
};
export const FLAG_STATUSES = ['open', 'accepted', 'rejected'] as const;
export type FlagStatus = (typeof FLAG_STATUSES)[number];

/** Flags on one page of the review queue. */
export const FLAG_PAGE = 50;
export const COMMENT_MAX_CHARACTERS = 2_000;

/** An id of Phial's own (64 hexadecimal digits), or the source's: an NCT number, a PMID, a DOI. */
export const aboutEvidence = z.object({
  jobId: z.uuid(),
  evidenceId: z.string().trim().min(1).max(300),
  /** Tells records apart that share a source's id. */
  kind: z.string().max(40).nullish(),
});
export type AboutEvidence = z.infer<typeof aboutEvidence>;

/** 1 up, −1 down, null takes the vote back. */
export const voteInput = aboutEvidence.extend({
  value: z.union([z.literal(1), z.literal(-1), z.null()]),
});
export const flagInput = aboutEvidence.extend({
  reason: z.enum(FLAG_REASONS),
  comment: z.string().trim().max(COMMENT_MAX_CHARACTERS).nullish(),
});
export type VoteInput = z.infer<typeof voteInput>;
export type FlagInput = z.infer<typeof flagInput>;
export const decisionInput = z.object({
  flagId: z.uuid(),
  status: z.enum(FLAG_STATUSES),
  note: z.string().trim().max(COMMENT_MAX_CHARACTERS).nullish(),
});
export type Decision = z.infer<typeof decisionInput>;

/** How one record stands with the person who asks. */
export interface Standing {
  mine: 1 | -1 | null;
  /** Null until one has voted, so that nobody follows the others; those who may not vote see it. */
  totals: { up: number; down: number } | null;
  /** Reasons under which one has flagged it and nobody has decided. */
  flagged: FlagReason[];
  /** Reasons that a review has accepted. */
  accepted: FlagReason[];
}

export const UNVOTED: Standing = { mine: null, totals: null, flagged: [], accepted: [] };
