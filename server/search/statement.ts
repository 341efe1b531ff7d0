/** What kind of statement a sentence is: findings answer questions, aims and methods repeat them. */
import type { ChunkSentence } from './sentences';
import { SENTENCE_WEIGHTS as WEIGHTS } from './weights';

const FINDING =
  /\b(conclu\w*|suggest\w*|demonstrat\w*|found|find|show(s|ed|n)?|indicat\w*|reveal\w*|results?|associated with|significant\w*|increas\w*|decreas\w*|reduc\w*|higher|lower|provides? evidence|identif\w*)\b/i;
const AIM =
  /\b(objectives?|aim(s|ed)?|to (investigate|determine|examine|assess|evaluate|test)|we (investigated|examined|assessed|evaluated)|background|hypothesi[sz]ed?|methods?|design|setting)\b/i;

/** Stems; with fewer it is a heading or a piece. */
const SHORT = 6;

/** How much of a finding a section's sentences usually are; an abstract comes to it towards its end. */
const SECTION: Readonly<Record<string, number>> = {
  results: 0.8,
  discussion: 0.7,
  conclusion: 1,
  introduction: 0.4,
  background: 0.4,
  methods: 0.2,
};

/** What the kind of statement adds to a sentence's score. */
export function statementScore(sentence: ChunkSentence): number {
  const { tokens, section, number, of, citations, isCaption } = sentence;
  const text = citations.map(({ quote }) => quote).join(' ');
  const place = section === 'abstract' ? number / Math.max(1, of - 1) : (SECTION[section] ?? 0.5);
  const when = (is: boolean, weight: number) => (is ? weight : 0);
  return (
    WEIGHTS.place * place +
    when(FINDING.test(text), WEIGHTS.finding) +
    when(AIM.test(text), WEIGHTS.aim) +
    // A caption says what is drawn, as a heading says what follows.
    when(isCaption || tokens.length < SHORT, WEIGHTS.short)
  );
}
