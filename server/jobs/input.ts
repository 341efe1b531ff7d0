/** What a person types is checked before a job is made of it. */
import { parseStructure } from '@/server/chemistry';
import { invalid } from '@/server/errors';
import { recognise, visible } from './recognise';

/**
 * The text to keep and its normalised form, by which the same submission is known. Throws INVALID with
 * the limit or RDKit's own words for text that no job can be made of.
 */
export async function checkMoleculeText(
  raw: string,
): Promise<{ text: string; normalised: string }> {
  const recognised = recognise(raw);
  if (recognised.kind === 'invalid') throw invalid(recognised.reason, recognised.message);
  if (recognised.kind === 'smiles') {
    const parsed = await parseStructure(recognised.normalised);
    if (!parsed.ok) {
      const { reason, message, position, atoms } = parsed;
      throw invalid(reason, message, { position, atoms });
    }
  }
  return { text: visible(raw), normalised: `${recognised.kind}:${recognised.normalised}` };
}
