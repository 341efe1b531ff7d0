/** Recognising the molecule by its names in titles, interventions and sentences. */
import { byCodeUnit, phraseAt, type Word, words } from './text';

/** Salt, ester and hydrate words that follow an active moiety's name (USAN modified names). */
const SALT_WORDS = new Set(
  `acetate ascorbate aspartate benzoate besilate besylate bromide bitartrate calcium camsylate carbonate chloride
  citrate dihydrochloride dihydrate diphosphate disodium dimesylate edisylate esylate fumarate gluconate hcl
  hemihydrate hydrate hydrobromide hydrochloride hydroxide iodide isethionate lactate magnesium malate maleate
  mesilate mesylate methanesulfonate mononitrate monohydrate nitrate orotate oxalate palmitate pamoate phosphate
  potassium salicylate sodium stearate succinate sulfate sulphate tartrate tosilate tosylate tromethamine
  trihydrate xinafoate zinc`.split(/\s+/),
);
/** Where the cation is the substance, the salt word is not decoration: potassium chloride is not potassium citrate. */
const CATIONS = new Set(
  'aluminium aluminum ammonium barium calcium copper ferric ferrous gold iron magnesium potassium silver sodium strontium zinc'.split(
    ' ',
  ),
);

export function isSaltWord(word: string): boolean {
  return SALT_WORDS.has(word);
}

/** Word sequences by which a molecule is recognised: each name, and each name without its salt. */
export function moleculePhrases(names: readonly string[]): string[][] {
  const phrases = new Map<string, string[]>();
  for (const name of names) {
    const full = words(name).map(({ word }) => word);
    const bare = [...full];
    while (bare.length > 1 && SALT_WORDS.has(bare[bare.length - 1]!)) bare.pop();
    const cation = bare.length === 1 && CATIONS.has(bare[0]!);
    for (const phrase of cation ? [full] : [full, bare]) {
      const letters = phrase.join('');
      // Two letters, or bare numbers, name too much else.
      if (letters.length < 3 || !/\p{L}/u.test(letters)) continue;
      phrases.set(phrase.join(' '), phrase);
    }
  }
  return [...phrases.entries()].sort(([a], [b]) => byCodeUnit(a, b)).map(([, phrase]) => phrase);
}

export interface Mention {
  /** Index of the first word and of the one after the last. */
  first: number;
  after: number;
}

/** Every mention of the molecule among `text`'s words, longest first at a place, without overlaps. */
export function mentions(text: readonly Word[], phrases: readonly string[][]): Mention[] {
  const found = phrases
    .flatMap((phrase) =>
      phraseAt(text, phrase).map((first) => ({ first, after: first + phrase.length })),
    )
    .sort((a, b) => a.first - b.first || b.after - a.after);
  const kept: Mention[] = [];
  for (const mention of found) {
    if (kept.length === 0 || mention.first >= kept[kept.length - 1]!.after) kept.push(mention);
  }
  return kept;
}

/** Whether a text names the molecule on word boundaries, any salt of it included. */
export function namesMolecule(text: string, names: readonly string[]): boolean {
  return mentions(words(text), moleculePhrases(names)).length > 0;
}
