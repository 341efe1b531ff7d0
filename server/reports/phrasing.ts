/**
 * Whether another wording of a claim says the same: no number, name, negation or hedge that the claim
 * and its quotes do not hold, and none dropped. Strict on purpose: a wording may use the claim's and
 * its quotes' words and plain connecting words, nothing else. Browser-safe.
 */

export type PhrasingVerdict = { ok: true } | { ok: false; reason: string };

/** Words that connect without stating anything; every other word must come from claim or quotes. */
const CONNECTING = new Set(
  `a an the this that these those it its they them their which who whose what where when while
  of in on at by for from to into onto with within under over as per via between among during after before until since
  and or also too both each all every such than then thus so moreover further furthermore additionally
  is are was were be been being has have had having does do did
  report reports reported record records recorded state states stated list lists listed note notes noted
  describe describes described give gives given mention mentions mentioned name names named find finds found
  there here about according regarding concerning respectively namely i.e e.g
  trial trials study studies article articles entry entries registry source sources registered`.split(
    /\s+/,
  ),
);

const NEGATIONS = new Set(
  `no not never none neither nor without cannot lack lacks lacked lacking absence absent fail fails failed failing
  failure unable hardly scarcely against contradict contradicts contradicted`.split(/\s+/),
);

const HEDGES = new Set(
  `may might could would should can possibly possible perhaps probably probable likely unlikely apparently appear
  appears appeared seem seems seemed suggest suggests suggested suggesting indicate indicates indicated potential
  potentially presumably reportedly approximately nearly almost roughly around least most only merely partly
  partially unclear uncertain unknown estimated planned expected`.split(/\s+/),
);

const NUMBER_WORDS = new Set(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half
  third quarter twice double triple once first second dozen several many few most`.split(/\s+/),
);

const MAX_EXTRA_CHARACTERS = 400;
/** Control, zero-width and direction marks: nothing a sentence needs, everything to hide one. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u;

/**
 * Compares a wording with its claim. `quotes` are the words and values the claim cites.
 * The first difference found is the reason.
 */
export function checkPhrasing(
  phrased: string,
  claim: { text: string; quotes: readonly string[] },
): PhrasingVerdict {
  if (phrased.trim() === '') return differs('it is empty');
  if (HIDDEN.test(phrased)) return differs('it holds hidden or control characters');
  if (phrased.length > claim.text.length + MAX_EXTRA_CHARACTERS) return differs('it is too long');
  if (/https?:|www\.|[<>{}[\]`|\\]/.test(withoutOf(phrased, claim))) {
    return differs('it holds an address or markup');
  }
  const said = read(phrased);
  const claimed = read(claim.text);
  const quoted = read(claim.quotes.join(' \n '));

  const numbers = compareNumbers(said.numbers, claimed.numbers, quoted.numbers);
  if (numbers) return differs(numbers);
  for (const [what, list] of [
    ['negation', NEGATIONS],
    ['hedge', HEDGES],
    ['number word', NUMBER_WORDS],
  ] as const) {
    const difference = compareCounts(what, list, said.words, claimed.words);
    if (difference) return differs(difference);
  }
  const known = new Set([...claimed.words, ...quoted.words].map(stem));
  const added = said.words.find((word) => !CONNECTING.has(word) && !known.has(stem(word)));
  if (added) return differs(`it adds “${added}”`);
  const kept = new Set(said.words.map(stem));
  const dropped = claimed.words.find((word) => !CONNECTING.has(word) && !kept.has(stem(word)));
  return dropped ? differs(`it drops “${dropped}”`) : { ok: true };
}

function differs(reason: string): PhrasingVerdict {
  return { ok: false, reason };
}

/** The wording without stretches that the claim itself holds, such as a quoted `p < 0.05`. */
function withoutOf(phrased: string, claim: { text: string; quotes: readonly string[] }): string {
  const own = new Set([claim.text, ...claim.quotes].join(' ').split(/\s+/));
  return phrased
    .split(/\s+/)
    .filter((word) => !own.has(word))
    .join(' ');
}

interface Read {
  /** Numbers in reading order, `1,234.50` as `1234.5`. */
  numbers: string[];
  /** Words in lower case, those that hold digits too. */
  words: string[];
}

function read(text: string): Read {
  const plain = text.normalize('NFKC').replace(/[\u2018\u2019]/g, "'");
  const numbers = [...plain.matchAll(/(?<![\p{L}\p{N}])[-\u2212]?\d[\d,]*(?:\.\d+)?/gu)].map(
    (match) => canonicalNumber(match[0]),
  );
  const words = [...plain.toLowerCase().matchAll(/[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu)].flatMap(
    (match) => expanded(match[0]),
  );
  return { numbers, words: words.filter((word) => !/^\d+$/.test(word)) };
}

function canonicalNumber(written: string): string {
  const text = written.replaceAll(',', '').replace('\u2212', '-');
  // Longer digits than a double holds stay as written.
  return text.replace('-', '').length > 15 ? text : String(Number(text));
}

/** `isn't` is `is not`; a possessive `'s` is dropped. */
function expanded(word: string): string[] {
  if (word === "can't") return ['can', 'not'];
  if (word === 'cannot') return ['can', 'not'];
  if (word.endsWith("n't")) return [word.slice(0, -3), 'not'];
  return [word.replace(/'s$/, '').replaceAll("'", '')];
}

function compareNumbers(said: string[], claimed: string[], quoted: string[]): string | null {
  const ofClaim = new Set(claimed);
  const ofQuotes = new Set(quoted);
  const invented = said.find((number) => !ofClaim.has(number) && !ofQuotes.has(number));
  if (invented !== undefined) return `it adds the number ${invented}`;
  const inOrder = said.filter((number) => ofClaim.has(number));
  const missing = claimed.find((number) => !inOrder.includes(number));
  if (missing !== undefined) return `it drops the number ${missing}`;
  return inOrder.join(' ') === claimed.join(' ') ? null : 'its numbers stand in another order';
}

function compareCounts(
  what: string,
  list: ReadonlySet<string>,
  said: string[],
  claimed: string[],
): string | null {
  const count = (words: string[], word: string) => words.filter((other) => other === word).length;
  for (const word of list) {
    const difference = count(said, word) - count(claimed, word);
    if (difference > 0) return `it adds the ${what} “${word}”`;
    if (difference < 0) return `it drops the ${what} “${word}”`;
  }
  return null;
}

/** Folds plain English inflection, so that `reports` and `reported` are one word. */
function stem(word: string): string {
  if (word.length <= 4 || /\d/.test(word)) return word;
  return word
    .replace(/(?:ies|ied)$/, 'y')
    .replace(/(?:es|ed|ing|s)$/, '')
    .replace(/e$/, '');
}
