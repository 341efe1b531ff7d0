/** Where sentences end. */

/** What ends with a full stop without ending a sentence. */
const ABBREVIATION =
  /(?:^|[\s([“"])(?:e\.g|i\.e|cf|vs|viz|etc|al|approx|ca|resp|no|nos|vol|pp?|figs?|tabs?|eqs?|eqn|refs?|secs?|sects?|chap|appx?|suppl?|dr|prof|mr|mrs|ms|st|jr|sr|inc|ltd|co|corp|dept|univ|ed|eds|max|min|avg|std|dev|sp|spp|subsp|var|i\.v|i\.p|s\.c|p\.o|a\.m|p\.m|u\.s|u\.k|w\.r\.t|a\.k\.a|ph\.d|m\.d|\p{Lu})$/iu;
/** These may end one where a capital follows: "etc.", or words that abbreviate only before a number. */
const MAY_END =
  /(?:etc|[ap]\.m|u\.[sk]|inc|ltd|co|no|nos|vol|pp?|max|min|std|dev|avg|var|eds?|resp|approx|ca)$/i;

const END =
  /[.!?。！？]+["”’»)\]]*(?:\s?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*(?=\s+[\p{Lu}•“"([]|\s*$))?(?=\s|$|\p{L})/gu;

const LIST_NUMBER = /^\s*\(?\d{1,2}(?:\.\d{1,2})*$/;

/** No sentence is longer: a list or a table without full stops. */
const MOST_CHARACTERS = 2_400;

/** `[start, end]` of each sentence, without the space around it. */
export function sentencesOf(text: string): [number, number][] {
  const ends: number[] = [];
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    const isCjk = /^[。！？]/u.test(match[0]);
    if (!isCjk && !/^\s/.test(text.slice(end, end + 1)) && end < text.length) continue;
    // "1." belongs to what it numbers.
    if (LIST_NUMBER.test(text.slice(ends.at(-1) ?? 0, match.index))) continue;
    if (isCjk || endsSentence(text, match.index, end)) ends.push(end);
  }
  // A blank line parts what is not one flow; joining flows is the caller's business.
  for (const gap of text.matchAll(/\n\n+/g)) ends.push(gap.index);
  ends.push(text.length);
  const found: [number, number][] = [];
  let from = 0;
  for (const end of [...new Set(ends)].sort((a, b) => a - b)) {
    for (const piece of cut(text, from, end)) {
      const trimmed = trim(text, piece[0], piece[1]);
      if (trimmed[1] > trimmed[0]) found.push(trimmed);
    }
    from = end;
  }
  return found;
}

function endsSentence(text: string, stop: number, end: number): boolean {
  const next = /^\s+(\S)/u.exec(text.slice(end, end + 40))?.[1];
  if (next === undefined) return true;
  if (/[!?]/.test(text[stop]!)) return !/\p{Ll}/u.test(next);
  if (/\p{Ll}/u.test(next)) return false;
  const before = text.slice(Math.max(0, stop - 12), stop);
  if (!ABBREVIATION.test(before)) return !/^[,;:)\]]/.test(next);
  if (/\bet al$/i.test(before) || /\d/.test(next)) return false;
  return MAY_END.test(before) && /\p{Lu}/u.test(next);
}

function* cut(text: string, from: number, end: number): Generator<[number, number]> {
  let start = from;
  while (end - start > MOST_CHARACTERS) {
    const space = text.lastIndexOf(' ', start + MOST_CHARACTERS);
    const at = space > start ? space : start + MOST_CHARACTERS;
    yield [start, at];
    start = at;
  }
  yield [start, end];
}

function trim(text: string, start: number, end: number): [number, number] {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(text[from]!)) from++;
  while (to > from && /\s/.test(text[to - 1]!)) to--;
  return [from, to];
}
