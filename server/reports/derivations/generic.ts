/** Derivations that know nothing of medicine: lists, counts, numbers, dates. */
import type { Json } from '@/server/evidence/schema';
import { canonicalJson, roundNumber } from '../canonical';
import { type Derivations, numberOf, one, pure, textOf } from './derivation';

export const GENERIC: Derivations = {
  /** The values as one list; of nothing, the empty list. */
  'list@1': pure((values) => values),

  /** Nothing: stands where a field is not stated. */
  'none@1': pure((values) => {
    if (values.length > 0) throw new Error('it takes nothing');
    return null;
  }),

  /** How many things are cited. Each must be cited once, by what tells it from the others. */
  'count@1': pure((values) => {
    if (new Set(values.map(canonicalJson)).size !== values.length) {
      throw new Error('something is counted twice');
    }
    return values.length;
  }),

  /** Demands that a response's list or total is empty; what is cited is the absence itself. */
  'absent@1': pure((values) => {
    const value = one(values);
    const isEmpty =
      value === null ||
      value === 0 ||
      value === '0' ||
      (Array.isArray(value) && value.length === 0);
    if (!isEmpty) throw new Error('something is there');
    return 0;
  }),

  'join@1': pure((values) => joined(values.map(textOrNumber))),

  'sum@1': pure((values) => roundNumber(values.map(numberOf).reduce((a, b) => a + b, 0))),
  'min@1': pure((values) => Math.min(...some(values).map(numberOf))),
  'max@1': pure((values) => Math.max(...some(values).map(numberOf))),

  /** Earliest and latest of dates written year first, at whatever precision. */
  'earliest@1': pure((values) => some(values).map(textOf).sort()[0] as string),
  'latest@1': pure((values) => some(values).map(textOf).sort().at(-1) as string),

  /** The first as a share of the second, in whole percent. */
  'percent@1': pure((values) => {
    const [part, whole] = values.map(numberOf);
    if (values.length !== 2 || part === undefined || !whole) {
      throw new Error('it takes a part and a whole above zero');
    }
    return `${Math.round((100 * part) / whole)} %`;
  }),

  /** Digits in groups of three. */
  'number@1': pure((values) => grouped(numberOf(one(values)))),

  /** At most three decimals, trailing zeros dropped, with a real minus sign. */
  'figure@1': pure((values) => figure(numberOf(one(values)))),

  'date@1': pure((values) => dateInWords(String(textOrNumber(one(values))))),

  /** The year of a date written year first. */
  'year@1': pure((values) => {
    const year = /^\d{4}/.exec(String(textOrNumber(one(values))))?.[0];
    if (!year) throw new Error('it takes a date that begins with its year');
    return year;
  }),

  'lower@1': pure((values) => textOf(one(values)).toLowerCase()),
};

function some(values: Json[]): Json[] {
  if (values.length === 0) throw new Error('it takes at least one value');
  return values;
}

function textOrNumber(value: Json): string {
  return typeof value === 'number' ? String(value) : textOf(value);
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(items: string[]): string {
  if (items.length === 0) throw new Error('it takes at least one value');
  const last = items.at(-1) as string;
  return items.length === 1 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

export function grouped(number: number): string {
  const [whole, decimals] = String(Math.abs(number)).split('.');
  const sign = number < 0 ? '\u2212' : '';
  const groups = (whole as string).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${sign}${groups}${decimals ? `.${decimals}` : ''}`;
}

export function figure(number: number): string {
  const text = String(Number(Math.abs(number).toFixed(3)));
  return number < 0 && text !== '0' ? `\u2212${text}` : text;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2015-03-12`, `20150312`, `2015-03`, `2015` in words, no more precise than given. */
export function dateInWords(date: string): string {
  const parts = /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:T.*)?$/.exec(date.trim());
  const year = parts?.[1];
  if (!parts || !year) throw new Error('it takes a date written year first');
  if (!parts[2]) return year;
  const month = MONTHS[Number(parts[2]) - 1];
  if (!month) throw new Error('it takes a date with a month from 01 to 12');
  return parts[3] ? `${Number(parts[3])} ${month} ${year}` : `${month} ${year}`;
}
