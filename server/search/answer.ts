import type { Tx } from '@/db/client';
import { authorise, type Ctx } from '@/server/context';
import { readListed } from './filter';
import { foldIn } from './lsa/train';
import { type Ranked, type RankedQuestion, rankChunks } from './rank';
import {
  type AnswerDraft,
  type AnswerDraftInput,
  answerDraftInput,
  type PickedSentence,
} from './schema';
import { embedQuestion, inIndex, understand } from './search';
import { type ChunkSentence, readSentences } from './sentences';
import { statementScore } from './statement';
import { supportOf } from './support';
import { readTermVectors } from './term-vectors';
import { countTokens } from './tokens';
import { dot } from './vector';
import { THRESHOLD, SENTENCE_WEIGHTS as WEIGHTS } from './weights';

/** Passages whose sentences are looked at. */
const PASSAGES = 12;
/** A further sentence says nearly as much as the best one. */
const OF_BEST = 0.75;

/**
 * Sentences that may answer a question, each with its place and its very words, or none when their
 * support lies below the threshold. What is quoted is never changed: its numbers, negations and hedges
 * are the paper's.
 */
export async function answerDraft({
  ctx,
  input: raw,
}: {
  ctx: Ctx;
  input: AnswerDraftInput;
}): Promise<AnswerDraft> {
  authorise(ctx, 'paper.read');
  const input = answerDraftInput.parse(raw);
  const dense = await embedQuestion(ctx, input.question);
  const { workspaceId } = ctx.actor;
  return inIndex(ctx, async (tx) => {
    const [listed, question] = await Promise.all([
      readListed(tx, workspaceId, input.filter),
      understand(tx, workspaceId, input.question, dense),
    ]);
    const ranked = await rankChunks(question, listed, PASSAGES);
    const sentences = await weighSentences(tx, workspaceId, question, ranked);
    const support = supportOf(
      question.asked,
      ranked,
      sentences.map(({ sentence }) => sentence),
    );
    const best = Math.max(sentences[0]?.score ?? 0, 1e-9);
    const nearest = sentences.slice(0, input.limit).map((sentence) => picked(sentence, best));
    const isAnswered = support !== null && support >= THRESHOLD;
    return {
      support,
      threshold: THRESHOLD,
      picked: isAnswered ? nearest.filter((sentence) => sentence.support >= OF_BEST) : [],
      nearest,
    };
  });
}

export interface WeighedSentence {
  sentence: ChunkSentence;
  /** Comparable within one question only. */
  score: number;
}

/** The sentences of the passages, best first. */
export async function weighSentences(
  tx: Tx,
  workspaceId: string,
  { asked, vector, neighbourhood }: RankedQuestion,
  ranked: readonly Ranked[],
): Promise<WeighedSentence[]> {
  const sentences = await readSentences(
    tx,
    ranked.map((r) => r.chunkId),
  );
  const model = vector && neighbourhood?.model.kind === 'lsa' ? neighbourhood.model : null;
  const terms = model
    ? await readTermVectors(
        tx,
        workspaceId,
        model,
        sentences.flatMap((s) => s.tokens),
      )
    : new Map<number, Float32Array>();
  const weightOf = new Map(asked.words.map((word) => [word.termId, word.weight]));
  const total = asked.words.reduce((sum, word) => sum + word.weight, 0) || 1;
  const covered = (terms: Iterable<number>) =>
    [...new Set(terms)].reduce((sum, term) => sum + (weightOf.get(term) ?? 0), 0) / total;
  const best = Math.max(...ranked.map((r) => r.score), 1e-9);
  const passageOf = new Map(ranked.map((r) => [r.chunkId, r.score / best]));
  return sentences
    .filter((sentence) => sentence.citations.length > 0)
    .map((sentence) => {
      const counts = countTokens(sentence.tokens);
      const own = model ? foldIn(counts, (term) => terms.get(term), model.dims) : null;
      const score =
        WEIGHTS.passage * passageOf.get(sentence.chunkId)! +
        WEIGHTS.coverage * covered(sentence.tokens) +
        WEIGHTS.cosine * (own && vector ? dot(own, vector) : 0) +
        statementScore(sentence);
      return { sentence, score };
    })
    .sort((a, b) => b.score - a.score)
    .filter(isFirstOfItsWords());
}

/** Papers repeat themselves, and libraries hold a paper twice: what is said again is not said better. */
function isFirstOfItsWords() {
  const seen = new Set<string>();
  return ({ sentence }: WeighedSentence): boolean => {
    const text = sentence.citations.map(({ quote }) => quote).join(' ');
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  };
}

function picked({ sentence, score }: WeighedSentence, best: number): PickedSentence {
  const { chunkId, paperId, section, heading, citations } = sentence;
  return { chunkId, paperId, section, heading, citations, support: Math.max(0, score / best) };
}
