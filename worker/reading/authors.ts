/** Authors: names under the title, told from affiliations by how they are set and what they look like. */
import type { Author } from '@/server/papers/reading';
import type { Block } from './blocks';
import type { Line } from './lines';
import type { Word } from './words';

export interface FoundAuthors {
  authors: Author[];
  lines: { page: number; words: Word[] }[];
}

const INSTITUTION =
  /universi|institut|departe?ment|\bdept\b|school|college|hospital|\bcent(?:er|re|ro)\b|laborator|\blabs?\b|facult|academy|\binc\b|\bltd\b|gmbh|\bcorp(?:oration)?\b|company|street|\broad\b|avenue|division|clinic|foundation|service|agency|bureau|\boffice\b|\bgroup\b|research\b|ministry|council|\bunit\b|technolog|science|engineering|medicine|society|consortium|published|received|accepted|available|abstract|keywords|correspond|e-?mail|@|https?:|copyright|\blicen[cs]e|editor|version|\bjournal\b|conference|workshop|proceedings|equal contribution|department|dipartimento|università|usa\b|\b(?:germany|china|france|korea|italy|canada|kingdom|australia|japan|india|spain|netherlands|switzerland|brazil|states)\b|\btu\b|\bpo box|street/i;

const PARTICLE =
  /^(?:de|van|von|der|den|het|la|le|di|da|das|dos|do|du|del|della|bin|ibn|al|el|ter|ten|zu|y|e|af|av|st|dela)$/i;
const DEGREE =
  /^(?:ph\.?\s?d|m\.?\s?d|m\.?\s?sc|b\.?\s?sc|m\.?\s?p\.?\s?h|dr|prof|mph|rn|msc|bsc|ba|ma|mba|dphil|frcp|frcs|facs|jr|sr|ii|iii|pharm\.?\s?d|dvm|md-phd|(?:senior |student |life )?(?:member|fellow),? ieee|ieee|et al)\.?$/i;
const HONORIFIC = /^(?:dr|prof|professor|mr|mrs|ms)\.?\s+/i;
const MARKS = /[*∗†‡§¶#✉☆⋆‖⁎∥∗¹²³⁴⁵⁶⁷⁸⁹⁰]|\(?\bORCID\b.*$|\p{Extended_Pictographic}(?<!\d)/gu;

/** `blocks`: what follows the title, up to the abstract or the first heading. */
export function authorsIn(blocks: readonly Block[]): FoundAuthors | null {
  const lines = blocks.flatMap((block) => block.lines.map((line) => ({ line, page: block.page })));
  const first = lines.findIndex(({ line }) => isAuthorLine(line));
  if (first === -1) return null;
  const model = lines[first]!.line;
  const names: string[] = [];
  const used: { page: number; words: Word[] }[] = [];
  let open: Line[] = [];
  let last = first - 1;
  const close = () => {
    names.push(...namesOf(open));
    open = [];
  };
  for (const [at, { line, page }] of lines.entries()) {
    if (at < first || !isSetLike(line, model)) continue;
    const isNext = at === last + 1;
    const readsOn =
      isNext && open.length > 0 && (open.length > 0 ? isList([...open, line]) : false);
    if (!(isAuthorLine(line) || (readsOn && !INSTITUTION.test(line.text)))) {
      if (INSTITUTION.test(line.text) && isSameLetters(line, model)) close();
      continue;
    }
    // A list that has ended does not begin again under the affiliations.
    if (!isNext && isList([model]) && used.length > 0) break;
    if (!isNext) close();
    open.push(line);
    used.push({ page, words: line.words });
    last = at;
  }
  close();
  return names.length === 0 ? null : { authors: names.map(authorOf), lines: used };
}

const isSameLetters = (line: Line, model: Line) =>
  Math.abs(line.size - model.size) < 0.4 && line.font === model.font;

/** Names may be set with their marks in another font; the size tells. */
const isSetLike = (line: Line, model: Line) =>
  Math.abs(line.size - model.size) < 0.6 &&
  line.isBold === model.isBold &&
  line.isItalic === model.isItalic;

/** Commas or marks part the names, so that a line's end does not. */
const isList = (lines: readonly Line[]) =>
  lines.some(({ text }) => /[,;&]|\band\b/.test(text) || /\p{Ll}\s?\d/u.test(text));

function isAuthorLine(line: Line): boolean {
  if (/@|https?:|www\.|\d{4}/.test(line.text)) return false;
  if (INSTITUTION.test(line.text)) return false;
  const pieces = piecesOf([line]);
  if (pieces.length === 0) return false;
  const named = pieces.filter(isName);
  return named.length >= 1 && named.length >= 0.6 * pieces.length;
}

function namesOf(lines: readonly Line[]): string[] {
  return piecesOf(lines)
    .filter((piece) => isName(piece) && !INSTITUTION.test(piece))
    .map((piece) => piece.replace(/\s+/g, ' '));
}

/** What commas, conjunctions, marks and wide gaps part; a name may run over a line's end. */
function piecesOf(lines: readonly Line[]): string[] {
  const isListed = lines.some(({ text }) => /,|;/.test(text));
  const text = lines
    .map((line) =>
      (isListed ? [line.words] : line.cells.map((cell) => cell.words)).map(markedText).join(' ; '),
    )
    .join(isListed ? ' ' : ' ; ');
  return text
    .replace(/\s+(?:and|und|et|&)\s+|^(?:and|by)\s+|\s+and$/giu, ' ; ')
    .split(/[,;·•|]/)
    .flatMap((piece) => {
      const bare = piece
        .replace(MARKS, ' ')
        .replace(/\([^)]*\)/g, ' ')
        .replace(/['’”"]+\s*$/g, '')
        .replace(/^\W+/u, (lead) => (/^\p{L}/u.test(lead) ? lead : ''))
        .trim()
        .replace(HONORIFIC, '');
      return bare === '' || DEGREE.test(bare) || /^[\d\s]*$/.test(bare) || bare.length === 1
        ? []
        : [bare];
    });
}

/** Raised marks part names as commas do. */
function markedText(words: readonly Word[]): string {
  let text = '';
  for (const word of words) {
    if (word.isRaised || /^[\d,*†‡§¶∗]+$/.test(word.text))
      text += /^[,;]$/.test(word.text) ? ', ' : ' ; ';
    // A mark set at full height behind a name.
    else
      text += `${word.isAttached ? '' : ' '}${word.text.replace(/(?<=\p{L})\d+(?:,\d+)*(?=,?$)/u, '')}`;
  }
  return text;
}

export function isName(piece: string): boolean {
  const tokens = piece.split(/\s+/);
  if (tokens.length < 2 || tokens.length > 6 || piece.length > 60) return false;
  if (/\d/.test(piece)) return false;
  const capital = tokens.filter((token) => /^\p{Lu}[\p{L}\p{M}'’.\-‐]*$/u.test(token));
  const particles = tokens.filter((token) => PARTICLE.test(token));
  if (capital.length < 2 && !(capital.length === 1 && particles.length > 0)) return false;
  if (new Set([...capital, ...particles]).size < new Set(tokens).size) return false;
  return capital.some((token) => /\p{L}{2}/u.test(token));
}

/** Family names stand last, with their particles; "Müller, S." does not occur on title pages. */
export function authorOf(name: string): Author {
  const tokens = name.split(' ');
  let at = tokens.length - 1;
  while (at > 1 && PARTICLE.test(tokens[at - 1]!)) at--;
  return { name, given: tokens.slice(0, at).join(' '), family: tokens.slice(at).join(' ') };
}
