/** Sentences about candidates, their scores and the decision. */
import type { Templates } from './template';

const figures =
  'Registered trials: {trialCount}, of which {studied} study the molecule and {negative} came out against it. Articles for: {supporting}, against: {contradicting}, undecided: {unclear}.';

export const SCORE: Templates = {
  'decision.label@1': {
    section: 'decision',
    pattern: '{indication}: {label}. Interval of the score: {interval}; {reason}.',
  },
  'decision.approved@1': {
    section: 'decision',
    pattern: '{approved} is an approved use of the molecule and gets no label.',
  },
  'candidate.standing@1': {
    section: 'candidates',
    pattern: `{indication}: {label}. Support {support}, against {against}, together {interval}; {reason}.[[ Highest phase with the molecule under study: {bestPhase}.]] ${figures}`,
  },
  'candidate.approved@1': {
    section: 'candidates',
    pattern: `{approved} is an approved use and gets no label: {statement}. ${figures}`,
  },
  'score.terms@1': {
    section: 'score',
    pattern:
      '{indication}: support {support}, against {against}. Terms: {terms}.[[ The label would be {flips}.]]',
  },
};
