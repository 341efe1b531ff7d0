/** What kind of statement a sentence is: findings answer questions, aims and methods repeat them. */
import type { ChunkSentence } from './sentences';
import { SENTENCE_WEIGHTS as WEIGHTS } from './weights';

const FINDING =
  /\b(conclu\w*|suggest\w*|demonstrat\w*|found|find|show(s|ed|n)?|indicat\w*|reveal\w*|results?|associated with|significant\w*|increas\w*|decreas\w*|reduc\w*|higher|lower|provides? evidence|identif\w*)\b/i;
const AIM =
  /\b(background|objectives?|purpose|aim(s|ed)?|hypothesi[sz]ed?|whether|to (investigate|determine|examine|assess|evaluate|test)|we (investigated|examined|assessed|evaluated)|remains? (unclear|unknown|poorly|elusive)|little is known|(is|are) (unknown|unclear)|not (well )?understood)\b/i;
const METHOD =
  /\b(methods?|design|setting|participants?|data sources?|study selection|outcome measures?|were (randomly|randomi[sz]ed|recruited|enrolled|included|measured|assessed|collected))\b/i;
const NUMBER = /\d/;

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
  const isAbstract = section === 'abstract';
  const place = isAbstract ? number / Math.max(1, of - 1) : (SECTION[section] ?? 0.5);
  const when = (is: boolean, weight: number) => (is ? weight : 0);
  return (
    WEIGHTS.place * place +
    when(isAbstract && number === of - 1, WEIGHTS.lastOfAbstract) +
    when(FINDING.test(text), WEIGHTS.finding) +
    when(AIM.test(text), WEIGHTS.aim) +
    when(METHOD.test(text), WEIGHTS.method) +
    when(NUMBER.test(text), WEIGHTS.number) +
    // A caption says what is drawn, as a heading says what follows.
    when(isCaption || tokens.length < SHORT, WEIGHTS.short)
  );
}
