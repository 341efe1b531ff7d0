/** Sentences about warnings, withdrawals and reported reactions. */
import type { Templates } from './template';

const section = 'safety';

export const SAFETY: Templates = {
  'label.boxed@1': {
    section,
    pattern: 'The US label of {product} carries a boxed warning: “{quote}”',
  },
  'warning.recorded@1': {
    section,
    pattern:
      'Recorded: {kind}[[, {country}]][[, {year}]][[; harm: {class}]][[; stated as “{description}”]].',
  },
  'reaction.ratio@1': {
    section,
    pattern:
      '{reaction} was co-reported with the molecule in {a} of {drugTotal} reports: PRR {prr} (95 % interval {low} to {high}; χ² {chi}), {signal}. Reports do not say which drug is the suspect and are not incidence.[[ The reaction is also a recorded indication of the molecule ({indication}).]]',
  },
  'reaction.count@1': {
    section,
    pattern:
      '{reaction} was co-reported with the molecule in {a} of {drugTotal} reports; no ratio can be computed. Reports do not say which drug is the suspect and are not incidence.',
  },
};
