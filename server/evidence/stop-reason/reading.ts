/** What a stop reason says, as named features with the place in the text that shows each. */
import { DENIALS } from './denials';
import { CONCEPTS } from './vocabulary';

export interface Span {
  start: number;
  end: number;
}

/** `name` is "@concept" for the vocabulary, "#length" for the length, else one or two word stems. */
export interface Feature {
  name: string;
  span: Span | null;
}

export interface Reading {
  features: Feature[];
  /** Statements of what was not the reason; nothing inside them is read. */
  denials: Span[];
}

export function readStopReason(text: string): Reading {
  const lower = text
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[\u2018\u2019]/g, "'");
  const { rest, denials } = blankDenials(lower);
  const features = [...concepts(rest), ...words(rest)];
  if (denials.length > 0) features.push({ name: '@denial', span: denials[0]! });
  return { features, denials };
}

function blankDenials(lower: string): { rest: string; denials: Span[] } {
  const denials: Span[] = [];
  let rest = lower;
  for (const pattern of DENIALS) {
    const found = spansOf(pattern, rest);
    for (const span of found) rest = cover(rest, span, ' ');
    denials.push(...found);
  }
  return { rest, denials };
}

function spansOf(pattern: RegExp, text: string): Span[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The text with the span made unreadable, every other character keeping its place. */
function cover(text: string, { start, end }: Span, filler: string): string {
  return text.slice(0, start) + filler.repeat(end - start) + text.slice(end);
}

/**
 * Good results are looked for outside of bad ones only, so that "no significant difference" and
 * "did not reach the endpoint" do not count as a difference and an endpoint reached.
 */
const BAD_RESULTS = new Set([
  'lack of efficacy',
  'efficacy not shown',
  'no difference',
  'endpoint missed',
  'efficacy endpoint missed',
  'negative result',
  'worse outcome',
  'comparator did better',
  'few responders',
]);

function concepts(rest: string): Feature[] {
  const found: Feature[] = [];
  let unspoilt = rest;
  for (const { name, expected, pattern } of CONCEPTS) {
    const spans = spansOf(pattern, expected === 'Endpoint_Met' ? unspoilt : rest);
    if (spans.length === 0) continue;
    found.push({ name: `@${name}`, span: spans[0]! });
    if (!BAD_RESULTS.has(name)) continue;
    for (const { start, end } of spans) {
      const toClauseEnd = /^[^.;:]*?(?=[.;:]|\bbut\b|$)/.exec(rest.slice(end))![0].length;
      unspoilt = cover(unspoilt, { start, end: end + toClauseEnd }, '.');
    }
  }
  return found;
}

const SHORT = 3;
const MIDDLING = 8;
const LONG = 20;

function words(rest: string): Feature[] {
  const tokens = [...rest.matchAll(/[a-z]+|\d+/g)].map((match) => ({
    stem: stem(match[0]),
    span: { start: match.index, end: match.index + match[0].length },
  }));
  const found = new Map<string, Span>();
  tokens.forEach((token, at) => {
    const before = tokens[at - 1];
    const pair = { start: (before ?? token).span.start, end: token.span.end };
    if (!found.has(token.stem)) found.set(token.stem, token.span);
    const name = `${before?.stem ?? '^'} ${token.stem}`;
    if (!found.has(name)) found.set(name, pair);
    if (at === tokens.length - 1) found.set(`${token.stem} $`, token.span);
  });
  const length =
    tokens.length <= SHORT
      ? 'short'
      : tokens.length <= MIDDLING
        ? 'middling'
        : tokens.length <= LONG
          ? 'long'
          : 'very long';
  return [
    ...[...found].map(([name, span]) => ({ name, span })),
    { name: `#${length}`, span: null },
  ];
}

const STEM_LETTERS = 7;

/** Cuts endings off, so that "recruiting", "recruitment" and "recruited" are one; digits are one, too. */
function stem(word: string): string {
  if (/^\d/.test(word)) return '0';
  if (word.startsWith('enrol')) return 'enrol';
  if (/^inve\w*gat/.test(word)) return 'invest';
  const cut =
    word.length > 5
      ? word.replace(/(?:ments?|ings?|ed|es|s|ly|ions?)$/, '')
      : word.length > 3
        ? word.replace(/s$/, '')
        : word;
  return cut.slice(0, STEM_LETTERS);
}
