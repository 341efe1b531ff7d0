/** Has claims reworded and keeps only wordings that say the same. */
import { sha256Hex } from '@/server/storage';
import { checkPhrasing } from './phrasing';
import type { Claim } from './schema';
import { quotesOf } from './verify';

/** Rewords one sentence; may fail or say anything at all. */
export type Ask = (
  claim: { text: string; quotes: string[] },
  signal: AbortSignal,
) => Promise<string>;

/** Something that is said, with the words it rests on. */
export interface Statement {
  id: string;
  text: string;
  quotes: string[];
}

/** A wording that passed the check. */
export interface Phrased {
  text: string;
  sha256: string;
}

export interface PhrasedClaims {
  claims: Claim[];
  /** Wordings that failed the check or never came; those claims are shown as composed. */
  dropped: number;
  reasons: { claimId: string; reason: string }[];
}

export interface PhrasingLimits {
  atOnce: number;
  timeoutMs: number;
  /** Words and values sent along with a claim; the rest of a long claim's quotes stays here. */
  quoteCharacters: number;
}

/** Without an answer so many times in a row, the model is taken to be away and asked no more. */
const GIVE_UP_AFTER = 5;

const LIMITS: PhrasingLimits = { atOnce: 4, timeoutMs: 30_000, quoteCharacters: 4_000 };

/** Asks for a wording of every claim. Never throws for what a model does. */
export async function phraseClaims(
  claims: readonly Claim[],
  ask: Ask,
  signal: AbortSignal = new AbortController().signal,
  limits: PhrasingLimits = LIMITS,
): Promise<PhrasedClaims> {
  const phrased = new Map<string, Phrased>();
  const failed = await phraseAll(
    claims.map((claim) => ({ id: claim.id, text: claim.text, quotes: quotesOf(claim) })),
    ask,
    async ({ id }, wording) => void phrased.set(id, wording),
    signal,
    limits,
  );
  return {
    claims: claims.map((claim) => {
      const wording = phrased.get(claim.id);
      return wording ? { ...claim, phrased: { ...wording, verdict: 'verified' } } : claim;
    }),
    dropped: failed.length,
    reasons: failed.map(({ id, reason }) => ({ claimId: id, reason })),
  };
}

/**
 * Asks for a wording of every statement and hands on those that say the same, as they come. Returns
 * the others with what was wrong. Never throws for what a model does, only what `keep` throws.
 */
export async function phraseAll<S extends Statement>(
  statements: readonly S[],
  ask: Ask,
  keep: (statement: S, wording: Phrased) => Promise<void>,
  signal: AbortSignal = new AbortController().signal,
  limits: PhrasingLimits = LIMITS,
): Promise<{ id: string; reason: string }[]> {
  const failed: { id: string; reason: string }[] = [];
  let next = 0;
  let unanswered = 0;
  const work = async () => {
    for (let index = next++; index < statements.length; index = next++) {
      const statement = statements[index] as S;
      const isAway = signal.aborted || unanswered >= GIVE_UP_AFTER;
      const result = isAway
        ? { reason: 'the model was not asked any more', isUnanswered: true }
        : await phraseOne(statement, ask, signal, limits);
      unanswered = 'isUnanswered' in result ? unanswered + 1 : 0;
      if ('reason' in result) failed.push({ id: statement.id, reason: result.reason });
      else await keep(statement, result);
    }
  };
  await Promise.all(Array.from({ length: limits.atOnce }, work));
  return failed;
}

async function phraseOne(
  { text, quotes }: Statement,
  ask: Ask,
  signal: AbortSignal,
  limits: PhrasingLimits,
): Promise<Phrased | { reason: string; isUnanswered?: true }> {
  let wording: string;
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)]);
    wording = (await ask({ text, quotes: fitting(quotes, limits) }, within)).trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { reason: `no wording came: ${reason}`, isUnanswered: true };
  }
  const verdict = checkPhrasing(wording, { text, quotes });
  if (!verdict.ok) return { reason: verdict.reason };
  return { text: wording, sha256: sha256Hex(wording) };
}

function fitting(quotes: string[], limits: PhrasingLimits): string[] {
  let left = limits.quoteCharacters;
  return quotes.filter((quote) => {
    left -= quote.length;
    return left >= 0;
  });
}
