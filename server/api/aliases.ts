/** Addresses that outside programs know from elsewhere, and their ways of saying the same. */
import { z } from 'zod';
import { DomainError, invalid } from '@/server/errors';
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
