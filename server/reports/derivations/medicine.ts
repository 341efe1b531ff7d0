/** Derivations over facts of drug databases, labels and reaction counts. */
import type { Json } from '@/server/evidence/schema';
import { phaseKeyInWords, recordedPhase } from '@/server/evidence/understand/phase';
import { disproportionality } from '@/server/evidence/understand/prr';
import { displayOf } from '../places';
import { type Derivations, numberOf, objectOf, one, pure, textOf } from './derivation';
import { figure } from './generic';

const ratioPart = (name: string) => pure((values) => figure(numberOf(objectOf(one(values))[name])));

export const MEDICINE: Derivations = {
  /** Text without tags and escapes, as some sources mark up words inside JSON strings. */
  'plain@1': pure((values) => displayOf(textOf(one(values)))),

  /** A title without markup and without a closing full stop. */
  'title@1': pure((values) => displayOf(textOf(one(values))).replace(/\.\s*$/, '')),

  /** Quoted sentences one after the other, without markup. */
  'quotes@1': pure((values) => values.map((value) => displayOf(textOf(value))).join(' … ')),

  /** The furthest phase a drug database records, in words. */
  'phase.recorded@1': pure((values) => {
    const value = one(values);
    if (typeof value !== 'string' && typeof value !== 'number') throw new Error('it takes a phase');
    const phase = recordedPhase(
      typeof value === 'string' && /^\d/.test(value) ? Number(value) : value,
    );
    if (phase === null) throw new Error(`the phase ${value} is not known`);
    return phase === 'approved' ? 'approval' : phaseKeyInWords(phase);
  }),

  'warning.kind@1': pure((values) => {
    const type = textOf(one(values));
    if (/withdraw/i.test(type)) return 'withdrawal from a market';
    if (/black box|boxed/i.test(type)) return 'boxed warning';
    throw new Error(`the warning type ${type} is not known`);
  }),

  /** A reaction's preferred term as written in capitals, for a sentence's beginning. */
  'reaction@1': pure((values) => {
    const term = textOf(one(values)).toLowerCase();
    return term.charAt(0).toUpperCase() + term.slice(1);
  }),

  /** The indication, if it is the reaction's own name: the disease treated is then reported as harm. */
  'reaction.is-indication@1': pure((values) => {
    const [reaction, indication] = values.map(textOf);
    if (reaction?.toLowerCase() !== indication?.toLowerCase()) throw new Error('the names differ');
    return indication as string;
  }),

  /** From reports with drug and reaction, with the drug, with the reaction, and all. */
  'prr@1': pure((values) => {
    const [a, drugTotal, reactionTotal, total] = values.map(numberOf) as [
      number,
      number,
      number,
      number,
    ];
    if (values.length !== 4) throw new Error('it takes four counts');
    const result = disproportionality({ a, drugTotal, reactionTotal, total });
    if (!result) throw new Error('a cell of the table is zero');
    return result as unknown as Json;
  }),
  'prr.ratio@1': ratioPart('prr'),
  'prr.low@1': ratioPart('low'),
  'prr.high@1': ratioPart('high'),
  'prr.chi-squared@1': ratioPart('chiSquared'),
  'prr.signal@1': pure((values) =>
    objectOf(one(values)).signal === true
      ? 'a signal of disproportionate reporting'
      : 'no signal of disproportionate reporting',
  ),

  /** `= 0.03`, `< 0.001`: a posted p-value with its sign. */
  'p-value@1': pure((values) => {
    const written = textOf(one(values)).trim();
    return /^\d/.test(written) ? `= ${written}` : written.replace(/^([<>=≤≥]+)\s*/, '$1 ');
  }),
};
