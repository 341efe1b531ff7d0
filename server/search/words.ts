/** Text as the index and its questions see it. PostgreSQL's English stemmer does the rest. */

/**
 * Which way of reading words the index was written with. Raise it with whatever changes a chunk's words:
 * papers indexed by an earlier way are then indexed anew, some of them a minute.
 */
export const ANALYSIS = 2;

/** Letters that papers write either way: TNF-α and TNF-alpha. */
const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  ß: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  φ: 'phi',
  ϕ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
};

/** A Greek letter by itself, not in a Greek word. */
const SIGN = /(?<!\p{Script=Greek})(?:\p{Script=Greek}|ß)(?!\p{Script=Greek})/gu;

/** The s of mRNAs, TLRs, SNPs. */
const PLURAL = /(?<=\p{Lu}[\p{Lu}\p{N}])s(?![\p{L}\p{N}])/gu;

/**
 * PostgreSQL's parser takes words joined by a slash for a file's path, by a dot for a host's name, and
 * words joined by a hyphen for themselves and their parts, which weighs them thrice; its stemmer knows
 * the straight apostrophe alone and leaves most abbreviations their plural; and neither its text nor its
 * JSON takes U+0000 or half a surrogate pair. Words are split where they are joined, names like IL-10 are
 * kept as IL and IL10 as well.
 */
export function searchable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Surrogate}/gu, ' ')
    .replace(/[\p{Cc}/\\_|<>=~]+/gu, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(PLURAL, '')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/(?<=\p{L})\.(?=\p{L})/gu, ' ')
    .replace(/μ(?=\p{L})/gu, 'u')
    .replace(SIGN, (letter) => (letter in GREEK ? ` ${GREEK[letter]} ` : letter))
    .replace(/(?<![\p{L}\p{N}])(\p{L}{1,5})-(\d{1,4})(?![\d.,]*\d|\p{L})/gu, '$1 $1$2')
    .replace(/(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])/gu, ' ');
}
