/** Addresses that outside programs know from elsewhere, and their ways of saying the same. */
import { z } from 'zod';
import { DomainError, invalid } from '@/server/errors';
import { FLAG_REASONS, type FlagInput, type VoteInput } from '@/server/feedback/schema';
import { submitMoleculeInput } from '@/server/jobs/schema';

const { text: _text, ...others } = submitMoleculeInput.shape;

export const researchInput = z.object({
  molecule: z.string().optional(),
  smiles: z.string().optional(),
  query: z.string().optional(),
  indication: z.string().nullish(),
  ...others,
});

/**
 * What `jobs.submit` takes, from a body that names a molecule or a SMILES. Throws INVALID for a
 * question: Phial has no jobs of that kind.
 */
export function submissionOf(
  body: Record<string, unknown>,
  idempotencyKey: string | null,
): z.input<typeof submitMoleculeInput> {
  const { molecule, smiles, query, indication, options, ...rest } = researchInput.parse(body);
  const text = molecule ?? smiles;
  if (text === undefined && query !== undefined) {
    throw invalid(
      'KIND_NOT_AVAILABLE',
      'Research on a question is not available; submit {"molecule": …} or {"smiles": …}.',
    );
  }
  if (text === undefined) {
    throw invalid('MOLECULE_MISSING', 'Name a molecule: {"molecule": …} or {"smiles": …}.');
  }
  if (molecule !== undefined && smiles !== undefined) {
    throw new DomainError('INVALID', 'MOLECULE_TWICE', 'Send `molecule` or `smiles`, not both.');
  }
  return {
    ...rest,
    text,
    options: { ...options, indication: indication ?? options.indication },
    idempotencyKey: idempotencyKey ?? rest.idempotencyKey,
  };
}

/** `{id}.html` of `/reports/{id}.html`, and the other forms of the report beside it. */
export function reportFileOf(file: string): { jobId: string; name: string } | null {
  const match = /^([0-9a-f-]{36})\.(html|pdf|json)$/i.exec(file);
  return match ? { jobId: match[1]!, name: `report.${match[2]}` } : null;
}

/** How outside programs speak of feedback. */
const feedbackBody = z.object({
  job_id: z.uuid(),
  /** Phial's id of the record, or the source's. */
  evidence_id: z.string(),
  /** Tells apart records that share a source's id. */
  evidence_type: z.string().nullish(),
  feedback_type: z.enum(['upvote', 'downvote', 'flag']),
  /** Of a flag: the reason, when it is one that Phial knows. */
  reason: z.enum(FLAG_REASONS).nullish(),
  comment: z.string().nullish(),
});

/** The procedure that a feedback body asks for, and what it takes. A flag without a reason is `wrong`. */
export function feedbackCallOf(
  body: unknown,
):
  | { procedure: 'feedback.vote'; input: VoteInput }
  | { procedure: 'feedback.flag'; input: FlagInput } {
  const said = feedbackBody.parse(body);
  const about = { jobId: said.job_id, evidenceId: said.evidence_id, kind: said.evidence_type };
  if (said.feedback_type === 'flag') {
    const { comment } = said;
    const reason = said.reason ?? 'wrong';
    return { procedure: 'feedback.flag', input: { ...about, reason, comment } };
  }
  const value = said.feedback_type === 'upvote' ? 1 : -1;
  return { procedure: 'feedback.vote', input: { ...about, value } };
}
