/** What a person types is checked before a job is made of it. */
import { recognise } from './recognise';

/**
 * The text to keep and its normalised form, by which the same submission is known. Throws INVALID with
 * the limit or RDKit's own words for text that no job can be made of.
 */
export async function checkMoleculeText(
  raw: string,
): Promise<{ text: string; normalised: string }> {
  const recognised = recognise(raw);
  if (recognised.kind === 'smiles') {
    const { parseStructure } = await import('@/server/chemistry');
    await parseStructure(recognised.normalised);
  }
  return { text: raw.trim(), normalised: `${recognised.kind}:${recognised.normalised}` };
}
