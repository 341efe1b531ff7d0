/** Names of diseases: their written forms, when two names are one, and when a text names a disease. */
import { byCodeUnit, phraseAt, sortedUnique, type Word, words } from './text';

/**
 * Spelling that does not change the disease: British and plural forms, and the words for malignant
 * growth that MeSH lists as entry terms of each other ("Lung Cancer" for Lung Neoplasms).
 */
function spelled(word: string): string {
  const american = word
    .replace(/^haem/, 'hem')
    .replace(
      /(leuk|an|isch|hypoglyc|hyperglyc|septic|ur|bacter|vir|acid|lip|cholesterol)aemi/,
      '$1emi',
    )
    .replace(/^oesoph/, 'esoph')
    .replace(/^oedema/, 'edema')
    .replace(/^paed/, 'ped')
    .replace(/tumour/, 'tumor')
    .replace(/diarrhoea/, 'diarrhea')
    .replace(/^(?:ii)$/, '2')
    .replace(/^(?:iii)$/, '3');
  const singular =
    american.length > 4 && /[^siu]s$/.test(american) ? american.slice(0, -1) : american;
  return GROWTHS.has(singular) ? 'neoplasm' : singular;
}
const GROWTHS = new Set(['cancer', 'carcinoma', 'neoplasm', 'tumor', 'malignancy', 'malignancie']);

/** Words that tell how far a disease has gone or who has it; they name no other disease. */
const STAGES = new Set(
  `advanced metastatic metastases locally local recurrent refractory relapsed relapsing unresectable resectable resected
  inoperable stage stages 1 2 3 4 i iv iiia iiib iiic iva ivb ia ib iia iib newly diagnosed untreated previously treated adult
  adults pediatric early late severe moderate mild active symptomatic progressive disseminated extensive limited operable
  patients with subjects`.split(/\s+/),
);
const FILLERS = new Set([
  'of',
  'the',
  'in',
  'a',
  'an',
  'and',
  'or',
  'due',
  'to',
  'disorder',
  'nos',
  's',
]);

/** MeSH entry terms in common use that share no words with their descriptor (NLM MeSH, read 2026-11-22). */
const ENTRY_TERMS: readonly (readonly [abbreviationOrName: string, descriptor: string])[] = [
  ['NSCLC', 'Carcinoma, Non-Small-Cell Lung'],
  ['SCLC', 'Small Cell Lung Carcinoma'],
  ['AML', 'Leukemia, Myeloid, Acute'],
  ['acute myelogenous leukemia', 'Leukemia, Myeloid, Acute'],
  ['acute nonlymphocytic leukemia', 'Leukemia, Myeloid, Acute'],
  ['APL', 'Leukemia, Promyelocytic, Acute'],
  ['CML', 'Leukemia, Myelogenous, Chronic, BCR-ABL Positive'],
  ['chronic myeloid leukemia', 'Leukemia, Myelogenous, Chronic, BCR-ABL Positive'],
  ['chronic myelogenous leukemia', 'Leukemia, Myelogenous, Chronic, BCR-ABL Positive'],
  ['CLL', 'Leukemia, Lymphocytic, Chronic, B-Cell'],
  ['chronic lymphocytic leukemia', 'Leukemia, Lymphocytic, Chronic, B-Cell'],
  ['acute lymphoblastic leukemia', 'Precursor Cell Lymphoblastic Leukemia-Lymphoma'],
  ['acute lymphocytic leukemia', 'Precursor Cell Lymphoblastic Leukemia-Lymphoma'],
  ['acute lymphoid leukemia', 'Precursor Cell Lymphoblastic Leukemia-Lymphoma'],
  ['myelodysplastic syndrome', 'Myelodysplastic Syndromes'],
  ['GIST', 'Gastrointestinal Stromal Tumors'],
  ['HCC', 'Carcinoma, Hepatocellular'],
  ['PAH', 'Pulmonary Arterial Hypertension'],
  ['COPD', 'Pulmonary Disease, Chronic Obstructive'],
  ['T2DM', 'Diabetes Mellitus, Type 2'],
  ['type 2 diabetes', 'Diabetes Mellitus, Type 2'],
  ['T1DM', 'Diabetes Mellitus, Type 1'],
  ['type 1 diabetes', 'Diabetes Mellitus, Type 1'],
  ['ADHD', 'Attention Deficit Disorder with Hyperactivity'],
  ['PTSD', 'Stress Disorders, Post-Traumatic'],
  ['IPF', 'Idiopathic Pulmonary Fibrosis'],
  ['heart attack', 'Myocardial Infarction'],
  ['high blood pressure', 'Hypertension'],
  ['erectile dysfunction', 'Erectile Dysfunction'],
  ['RCC', 'Carcinoma, Renal Cell'],
  ['DLBCL', 'Lymphoma, Large B-Cell, Diffuse'],
];

/** Exact name: case, punctuation, spelling and MeSH's inverted order aside. */
export function exactKey(name: string): string {
  return words(uninverted(withoutAbbreviation(name)))
    .map(({ word }) => spellingOnly(word))
    .join(' ');
}

/** "Autism Spectrum Disorder (ASD)": the abbreviation in brackets repeats the name. */
function withoutAbbreviation(name: string): string {
  return name.replace(/\s*\([A-Z][A-Za-z0-9-]{1,7}\)/g, '');
}

function spellingOnly(word: string): string {
  const said = spelled(word);
  // Exact names keep the word for the growth: Carcinoma is not Neoplasms.
  return said === 'neoplasm' ? word.replace(/tumour/, 'tumor').replace(/s$/, '') : said;
}

/** The name without stage, order of words and the word for the growth; equal keys are one disease. */
export function looseKey(name: string): string {
  const given = withoutStages(withoutAbbreviation(name));
  const known = ENTRY_KEYS.get(exactKey(given));
  const read = (known === undefined ? given : withoutStages(known)).split(' ');
  const bag = sortedUnique(
    read.flatMap((word) => (word === 'nonsmall' ? ['non', 'small'] : [spelled(word)])),
  );
  // Diabetes mellitus is what "diabetes" means; insipidus says so itself.
  return (bag.includes('diabetes') ? bag.filter((word) => word !== 'mellitus') : bag).join(' ');
}

/** The words that name the disease; all of them where nothing else is left. */
function withoutStages(name: string): string {
  const read = words(name).map(({ word }) => word);
  const isType = read.includes('type');
  const kept = read.filter(
    (word) => !FILLERS.has(word) && ((isType && /^\d$/.test(word)) || !STAGES.has(word)),
  );
  return (kept.length > 0 ? kept : read).join(' ');
}

/** "Leukemia, Promyelocytic, Acute" as one says it: "Acute Promyelocytic Leukemia". */
export function uninverted(name: string): string {
  return name.includes(', ') ? name.split(', ').reverse().join(' ') : name;
}

const ENTRY_KEYS = new Map(ENTRY_TERMS.map(([name, descriptor]) => [exactKey(name), descriptor]));

/** Every way a text may write the disease: as given, uninverted, and its entry terms. */
export function writtenForms(names: readonly string[]): string[] {
  const keys = new Set(names.map(exactKey));
  const entries = ENTRY_TERMS.filter(
    ([name, descriptor]) => keys.has(exactKey(descriptor)) || keys.has(exactKey(name)),
  ).flat();
  return sortedUnique([...names, ...entries].flatMap((name) => [name, uninverted(name)]));
}

/** Words before a name that leave it the name of the same disease. */
const NEUTRAL_BEFORE = new Set(
  `a an the this that these of for with in on from to and or by as at against having has have had including include such
  treat treats treating treatment treated therapy management manage relief prevention prevent prophylaxis reduce reducing
  reduced risk adult adults pediatric paediatric patients patient children adolescents infants women men people persons
  subjects individuals elderly advanced metastatic locally recurrent relapsed refractory relapsing unresectable
  resectable inoperable severe moderate mild moderately severely active newly diagnosed untreated previously treated
  early late stage iii iv i ii symptomatic progressive established documented confirmed known suspected following
  develop developing signs symptoms positive mutant mutated mutation mutations harboring between primary first line
  disease is was are were indicated certain various human all which who when where while experimental clinical
  refractory resistant sensitive driven wild type non squamous eligible high low grade intermediate standard
  uncomplicated complicated stable unstable`.split(/\s+/),
);
/** Neutral only in literature, where "EGFR-mutant lung cancer" is still lung cancer. */
const SPECIFIC_BEFORE = new Set(
  `non cell small large acute chronic myeloid lymphoid lymphoblastic lymphocytic promyelocytic arterial venous portal
  intracranial ocular uveal pulmonary renal hepatic cardiac insipidus juvenile neonatal secondary drug induced pseudo anti`.split(
    /\s+/,
  ),
);
/** Words after a name that make it another's: "leukemia virus", "diabetes insipidus". */
const SPECIFIC_AFTER = new Set(
  'insipidus virus viruses vaccine inhibitory screening syndrome model antigen associated like cell cells'.split(
    ' ',
  ),
);

export interface DiseaseMention {
  start: number;
  end: number;
}

/**
 * Where a text names the very disease, never one of which it is an ancestor: "acute myeloid leukemia"
 * does not name Leukemia. With `strictly` every word before the name must be known to be neutral.
 */
export function diseaseMentions(
  text: string,
  phrases: readonly DiseasePhrase[],
  strictly: boolean,
): DiseaseMention[] {
  const read = spelledWords(text);
  const found: DiseaseMention[] = [];
  for (const phrase of phrases) {
    for (const first of phraseAt(read, phrase.words)) {
      if (!isPhraseAt(read, first, phrase, text, strictly)) continue;
      found.push({ start: read[first]!.start, end: read[first + phrase.words.length - 1]!.end });
    }
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

export interface DiseasePhrase {
  words: string[];
  /** Written in capitals (an abbreviation): then a text must write it so too. */
  capitals: boolean;
}

/** The forms of a disease's names, read once for many texts. */
export function diseasePhrases(names: readonly string[]): DiseasePhrase[] {
  const phrases = new Map<string, DiseasePhrase>();
  for (const form of writtenForms(names)) {
    const read = words(form);
    const capitals = read.length === 1 && /^[A-Z][A-Z0-9]{1,5}$/.test(read[0]!.raw);
    const inSpelling = read.map(({ word }) => spelled(word));
    if (inSpelling.join('').length < 3) continue;
    phrases.set(`${inSpelling.join(' ')}${capitals ? '!' : ''}`, {
      words: inSpelling,
      capitals,
    });
  }
  return [...phrases.entries()].sort(([a], [b]) => byCodeUnit(a, b)).map(([, phrase]) => phrase);
}

/** Looks up many diseases at once in a text. */
export class DiseaseIndex {
  private readonly byFirstWord = new Map<string, { key: string; phrase: DiseasePhrase }[]>();

  constructor(diseases: Iterable<{ key: string; phrases: readonly DiseasePhrase[] }>) {
    for (const { key, phrases } of diseases) {
      for (const phrase of phrases) {
        const first = phrase.words[0]!;
        const entries = this.byFirstWord.get(first) ?? [];
        entries.push({ key, phrase });
        this.byFirstWord.set(first, entries);
      }
    }
  }

  /** Keys of the diseases that the text names. */
  namedIn(text: string): Set<string> {
    const read = spelledWords(text);
    const named = new Set<string>();
    read.forEach((word, first) => {
      for (const { key, phrase } of this.byFirstWord.get(word.word) ?? []) {
        if (!named.has(key) && isPhraseAt(read, first, phrase, text, false)) named.add(key);
      }
    });
    return named;
  }
}

function spelledWords(text: string): Word[] {
  return words(text).map((word) => ({ ...word, word: spelled(word.word) }));
}

function isPhraseAt(
  read: readonly Word[],
  first: number,
  { words: phrase, capitals }: DiseasePhrase,
  text: string,
  strictly: boolean,
): boolean {
  for (const [k, word] of phrase.entries()) if (read[first + k]?.word !== word) return false;
  if (capitals && read[first]!.raw !== read[first]!.raw.toUpperCase()) return false;
  return isWholeName(read, first, first + phrase.length - 1, text, strictly);
}

function isWholeName(
  read: readonly Word[],
  first: number,
  last: number,
  text: string,
  strictly: boolean,
): boolean {
  const after = read[last + 1];
  if (
    after &&
    SPECIFIC_AFTER.has(after.word) &&
    !/[.;:,]/.test(text.slice(read[last]!.end, after.start))
  ) {
    return false;
  }
  const before = read[first - 1];
  if (!before) return true;
  if (/[.;:,(/]/.test(text.slice(before.end, read[first]!.start))) return true;
  if (SPECIFIC_BEFORE.has(before.word)) return false;
  const isSingle = first === last && !/^[A-Z0-9]{2,6}$/.test(read[first]!.raw);
  return strictly || isSingle ? NEUTRAL_BEFORE.has(before.word) || /^\d/.test(before.word) : true;
}

/** Whether a text (a title, a sentence) names the disease by one of its names. */
export function namesDisease(text: string, phrases: readonly DiseasePhrase[]): boolean {
  return diseaseMentions(text, phrases, false).length > 0;
}
