/** A cited place in its surroundings, for a person to check. */
import { type Body, displayOf, isMarkup, resolve } from '@/server/reports/places';
import type { Json, Place } from './schema';

export interface Surroundings {
  /** `missing`: the words are not where they should be; nothing is highlighted. */
  state: 'found' | 'missing';
  /** Why it is missing. */
  reason: string | null;
  before: string;
  quote: string;
  after: string;
  /** `text` reads as prose, `record` is a structured record. */
  form: 'text' | 'record';
}

/** Characters of text shown on either side. */
const CONTEXT = 400;
/** Lines of a structured record shown on either side. */
const LINES = 8;

/** Never guesses: a place that does not resolve is said to be missing. Null: no stored copy. */
export function surroundingsOf(place: Place, body: Body | null): Surroundings {
  const quote =
    'value' in place ? compact(place.value) : 'display' in place ? place.display : place.quote;
  const form = 'value' in place ? 'record' : 'text';
  const missing = (reason: string): Surroundings => ({
    state: 'missing',
    reason,
    before: '',
    quote,
    after: '',
    form,
  });
  if (!body) return missing('The stored copy of the source is not available.');
  const found = resolve(place, body);
  if (!found.ok) return missing(`In the stored copy ${found.reason}.`);
  if ('value' in place) {
    return { state: 'found', reason: null, ...aroundValue(place.pointer, body.json()), form };
  }
  const text = 'pointer' in place ? String(at(body.json(), place.pointer)) : body.text;
  const clean = 'pointer' in place || !isMarkup(text) ? (s: string) => s : readable;
  return {
    state: 'found',
    reason: null,
    before: clean(textBefore(text, place.start)),
    quote,
    after: clean(textAfter(text, place.end)),
    form,
  };
}

/** Up to the place, from a whole word or tag on. */
function textBefore(text: string, start: number): string {
  if (start <= CONTEXT) return text.slice(0, start);
  return `… ${text.slice(start - CONTEXT, start).replace(/^(?:[^<>]*>|\S*\s)/, '')}`;
}

function textAfter(text: string, end: number): string {
  if (text.length - end <= CONTEXT) return text.slice(end);
  return `${text.slice(end, end + CONTEXT).replace(/(?:<[^<>]*|\s\S*)$/, '')} …`;
}

const INLINE = /^<\/?(?:i|b|u|em|strong|sub|sup|span)\b/i;

/** Markup for reading around a quote: elements of the record on lines of their own. */
function readable(raw: string): string {
  const lines = raw.replace(/<[/!?]?[A-Za-z][^<>]*>/g, (tag) => (INLINE.test(tag) ? tag : '\n'));
  return displayOf(lines).replace(/[ \t]*\n\s*/g, '\n');
}

const compact = (value: Json) =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);

function tokens(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((t) => t.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function at(root: Json, pointer: string): Json {
  let value: Json = root;
  for (const token of tokens(pointer)) value = (value as Record<string, Json>)[token] as Json;
  return value;
}

/** The record around a value: its siblings, printed, with the value's own lines as the quote. */
function aroundValue(
  pointer: string,
  root: Json,
): { before: string; quote: string; after: string } {
  const path = tokens(pointer);
  const key = path.pop();
  if (key === undefined) return { before: '', quote: compact(root), after: '' };
  const parentPointer = pointer.slice(0, pointer.lastIndexOf('/'));
  const parent = at(root, parentPointer);
  const entries: [string, Json][] = Array.isArray(parent)
    ? parent.map((v, i) => [String(i), v])
    : Object.entries(parent as Record<string, Json>);
  const line = ([name, value]: [string, Json]) =>
    Array.isArray(parent) ? short(value) : `${name}: ${short(value)}`;
  const index = entries.findIndex(([name]) => name === key);
  const own = entries[index]?.[1] ?? null;
  return {
    before: entries
      .slice(Math.max(0, index - LINES), index)
      .map((e) => `${line(e)}\n`)
      .join(''),
    quote: Array.isArray(parent) ? compact(own) : `${key}: ${compact(own)}`,
    after: entries
      .slice(index + 1, index + 1 + LINES)
      .map((e) => `\n${line(e)}`)
      .join(''),
  };
}

function short(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
