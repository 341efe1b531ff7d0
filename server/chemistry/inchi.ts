import { withRdkit } from './rdkit';

/** The InChIKey of an InChI, or null when the text is not one. */
export function inchiKeyOfInchi(inchi: string): Promise<string | null> {
  return withRdkit((rdkit) => rdkit.get_inchikey_for_inchi(inchi.trim()) || null);
}
