/** Splits biomedical prose into sentences, with exact places. */

export interface Sentence {
  /** UTF-16 units of the given text; `text.slice(start, end)` is the sentence without outer blanks. */
  start: number;
  end: number;
}

/** Abbreviations after which a capital does not begin a sentence. */
const ABBREVIATIONS = new Set(
  `al approx ca cf dr drs e.g eg fig figs i.e ie incl inc jr ltd mr mrs ms no nos prof ref refs resp sp spp ssp st subsp
  suppl tab var viz vol vs i.v i.m i.p s.c p.o p.r b.i.d t.i.d q.i.d q.d u.s u.k e.u ph.d m.d a.m p.m eq eqs sect chap`.split(
    /\s+/,
  ),
);
/** Abbreviations only before a number: "no. 3". */
const BEFORE_NUMBERS = new Set([
  'no',
  'nos',
  'fig',
  'figs',
  'ref',
  'refs',
  'eq',
  'eqs',
  'tab',
  'vol',
]);

const STOP = /[.?!]+["'”’)\]]*/g;
const OPENING = /^["'“‘([]*/;

export function sentences(text: string): Sentence[] {
  const found: Sentence[] = [];
  let from = 0;
  for (const stop of text.matchAll(STOP)) {
    const end = stop.index + stop[0].length;
    if (!endsSentence(text, from, stop.index, stop[0], end)) continue;
    push(found, text, from, end);
    from = end;
  }
  push(found, text, from, text.length);
  return found;
}

function push(found: Sentence[], text: string, from: number, to: number): void {
  const raw = text.slice(from, to);
  const start = from + (raw.length - raw.trimStart().length);
  const end = from + raw.trimEnd().length;
  if (end > start && /[\p{L}\p{N}]/u.test(text.slice(start, end))) found.push({ start, end });
}

function endsSentence(
  text: string,
  from: number,
  stopAt: number,
  stop: string,
  end: number,
): boolean {
  const after = text.slice(end, end + 40);
  if (after.trim() === '') return true;
  if (!/^\s/.test(after)) return false;
  const next = after.trimStart().replace(OPENING, '');
  if (!beginsSentence(next)) return false;
  if (!stop.startsWith('.') || stop.startsWith('..')) return true;
  const word = /[\p{L}\p{N}][\p{L}\p{N}.-]*$/u.exec(text.slice(from, stopAt))?.[0] ?? '';
  const folded = word.toLowerCase();
  if (ABBREVIATIONS.has(folded)) return BEFORE_NUMBERS.has(folded) && !/^\d/.test(next);
  // "E. coli", "J. Smith": a lone capital that no list or group letter explains.
  return !(
    /^\p{Lu}$/u.test(word) &&
    !/(?:group|arm|vitamin|hepatitis|type|cohort|part|table|appendix)\s+$/i.test(
      text.slice(from, stopAt - word.length),
    )
  );
}

/** A capital, a figure, or a name such as mTOR, p53, α-synuclein. */
function beginsSentence(next: string): boolean {
  return /^(?:\p{Lu}|\d|[α-ω]|[a-z]{1,3}(?:[A-Z]|\d))/u.test(next);
}
