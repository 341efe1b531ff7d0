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
  const phrased: Claim[] = [...claims];
  const reasons: PhrasedClaims['reasons'] = [];
  let next = 0;
  let unanswered = 0;
  const work = async () => {
    for (let index = next++; index < claims.length; index = next++) {
      const claim = claims[index] as Claim;
      const isAway = signal.aborted || unanswered >= GIVE_UP_AFTER;
      const result = isAway
        ? { reason: 'the model was not asked any more', isUnanswered: true }
        : await phraseOne(claim, ask, signal, limits);
      unanswered = 'isUnanswered' in result ? unanswered + 1 : 0;
      if ('reason' in result) reasons.push({ claimId: claim.id, reason: result.reason });
      else phrased[index] = result.claim;
    }
  };
  await Promise.all(Array.from({ length: limits.atOnce }, work));
  return { claims: phrased, dropped: reasons.length, reasons };
}

async function phraseOne(
  claim: Claim,
  ask: Ask,
  signal: AbortSignal,
  limits: PhrasingLimits,
): Promise<{ claim: Claim } | { reason: string; isUnanswered?: true }> {
  const quotes = quotesOf(claim);
  let text: string;
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)]);
    text = (await ask({ text: claim.text, quotes: fitting(quotes, limits) }, within)).trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { reason: `no wording came: ${reason}`, isUnanswered: true };
  }
  const verdict = checkPhrasing(text, { text: claim.text, quotes });
  if (!verdict.ok) return { reason: verdict.reason };
  return {
    claim: { ...claim, phrased: { text, sha256: sha256Hex(text), verdict: 'verified' } },
  };
}

function fitting(quotes: string[], limits: PhrasingLimits): string[] {
  let left = limits.quoteCharacters;
  return quotes.filter((quote) => {
    left -= quote.length;
    return left >= 0;
  });
}
