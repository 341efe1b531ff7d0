/**
 * What one sentence says of the molecule's efficacy: for, against or nothing. High precision over
 * recall; rules are lexical, with the scope of a negation ending at the clause.
 */
import { mentions } from './molecule-names';
import {
  BESIDE,
  CLAUSE_END,
  COMPARATOR,
  HARMLESS_NEGATION,
  HEDGE,
  IMPLICIT,
  INACTIVE_CONTROL,
  M,
  NEGATIVE,
  NEGATOR,
  NOT_A_FINDING,
  NOT_EFFICACY,
  POSITIVE,
  type Rule,
} from './polarity-rules';
import { fold, words } from './text';

export interface Polarity {
  polarity: 'positive' | 'negative' | 'none';
  /** Stated as possible only ("may improve"). */
  hedged: boolean;
  /** The molecule itself is named, as the treatment spoken of. */
  named: boolean;
  /** Why, for people. */
  rule: string;
}

/** UTF-16 units read of a sentence; what is longer is a table or a list. */
const LONGEST = 2_000;

/**
 * `phrases` are the molecule's word sequences. With `mayBeImplicit` a sentence that names no molecule
 * is read as speaking of the article's treatment, if it speaks of a treatment at all.
 */
export function sentencePolarity(
  sentence: string,
  phrases: readonly string[][],
  mayBeImplicit: boolean,
): Polarity {
  const text = withMolecule(sentence.slice(0, LONGEST), phrases);
  const named = text.includes(M);
  const none = (why: string): Polarity => ({ polarity: 'none', hedged: false, named, rule: why });

  if (!named && !(mayBeImplicit && IMPLICIT.test(text))) return none('names no treatment');
  if (NOT_A_FINDING.test(text)) return none('states no finding');
  if (named) {
    if (COMPARATOR.test(text)) return none('the molecule is what is compared with');
    const asTreatment = text.replace(BESIDE, ' ');
    if (!asTreatment.includes(M)) return none('the molecule is not the treatment spoken of');
  }

  const read = partsNaming(text).replace(HARMLESS_NEGATION, (turn) =>
    turn === 'not inferior' ? 'noninferior' : ' ',
  );
  const negative = NEGATIVE.find(
    ({ pattern, againstNothing }) =>
      firstMatch(pattern, read) !== null && (!againstNothing || INACTIVE_CONTROL.test(read)),
  );
  const positives = POSITIVE.flatMap(({ name, pattern }) =>
    allMatches(pattern, read).map((at) => ({ name, at, negated: isNegated(read, at) })),
  ).filter(({ at }) => !isSafetyOnly(read, at));
  const affirmed = positives.find(({ negated }) => !negated);
  const denied = positives.find(({ negated }) => negated);
  const against = negative?.name ?? (denied ? `not: ${denied.name}` : null);

  if (negative && isAboutSafety(negative, read)) return none('speaks of safety or baseline');
  if (against !== null && affirmed && !covers(negative, affirmed.at, read)) {
    return none('speaks both ways');
  }
  if (against !== null) return { polarity: 'negative', hedged: false, named, rule: against };
  if (!affirmed) return none('states no efficacy');
  return { polarity: 'positive', hedged: HEDGE.test(read), named, rule: affirmed.name };
}

/** Of a sentence in parts, those that name the molecule, if any does. */
function partsNaming(text: string): string {
  if (!text.includes(M) || !/[;:]/.test(text)) return text;
  return text
    .split(/(?<=[;:])\s/)
    .filter((part) => part.includes(M))
    .join(' ');
}

function withMolecule(sentence: string, phrases: readonly string[][]): string {
  const read = words(sentence);
  let text = '';
  let from = 0;
  for (const { first, after } of mentions(read, phrases)) {
    text += sentence.slice(from, read[first]!.start) + M;
    from = read[after - 1]!.end;
  }
  return fold(text + sentence.slice(from))
    .replace(/[‐-―−]/g, '-')
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, ' ');
}

interface Range {
  start: number;
  end: number;
}

function firstMatch(pattern: RegExp, text: string): Range | null {
  return allMatches(pattern, text)[0] ?? null;
}

function allMatches(pattern: RegExp, text: string): Range[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function isNegated(text: string, at: Range): boolean {
  const before = text.slice(0, at.start);
  const clauseFrom = Math.max(0, ...allMatches(CLAUSE_END, before).map(({ end }) => end));
  const scope = before.slice(clauseFrom);
  const near = scope.split(' ').slice(-8).join(' ');
  const inside = text.slice(at.start, at.end);
  return allMatches(NEGATOR, near).length > 0 || /\bnot\b|\bno\b/.test(inside);
}

/** A negative turn may hold the words of a positive one: "failed to improve survival". */
function covers(negative: Rule | undefined, at: Range, text: string): boolean {
  if (!negative) return false;
  return allMatches(negative.pattern, text).some(
    (range) => at.start >= range.start - 2 && at.start <= range.end,
  );
}

function isAboutSafety(negative: Rule, text: string): boolean {
  const at = firstMatch(negative.pattern, text);
  if (!at || !/difference|benefit|worse/.test(negative.name)) return false;
  return NOT_EFFICACY.test(text.slice(at.start, at.end + 30));
}

function isSafetyOnly(text: string, at: Range): boolean {
  return /\b(?:adverse|toxicit|side effect)/.test(text.slice(at.start, at.end));
}
