import { createHash } from 'node:crypto';
import { canonicalJson } from '@/server/reports/canonical';
import type { AnswerExport, ExportedSentence } from './schema';

/**
 * The hash an answer is known by: SHA-256 of the RFC 8785 form of answer.json without what may differ
 * between two askings of the same papers: times, and a model's wordings.
 */
export function answerHash(answer: Omit<AnswerExport, 'answerHash'>): string {
  const {
    answerHash: _hash,
    askedAt: _asked,
    answeredAt: _answered,
    model: _model,
    droppedPhrasings: _phrasings,
    ...covered
  } = answer as AnswerExport;
  const bare = ({ phrased: _phrased, ...sentence }: ExportedSentence) => sentence;
  const hashed = {
    ...covered,
    sentences: covered.sentences.map(bare),
    nearest: covered.nearest.map(bare),
  };
  return createHash('sha256').update(canonicalJson(hashed)).digest('hex');
}
