/** Words and figures as a rendered report writes them. Pure, English, UTC. */

/**
 * Characters that do not show or that reorder what stands around them: C0 and C1 controls, marks of
 * direction (Unicode 16, UAX 9, section 2), line and paragraph separators, tags, unpaired surrogates.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu;

/**
 * Source text as it may stand on a page: on one line, and what is unseen named by its code point, so
 * that nothing in it can hide or reorder words.
 */
export function visible(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(
      UNSEEN,
      (character) =>
        `[U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? ''}]`,
    );
}

/** The address if it is a plain https one, else null: nothing else becomes a link. */
export function httpsUrl(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'https:' && !url.username && !url.password ? url.href : null;
}

/** Fixed decimals with a true minus sign, so that columns of signed figures line up. */
export function figure(value: number, decimals = 2): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

export function range(interval: { low: number; high: number }, decimals = 2): string {
  const low = figure(interval.low, decimals);
  const high = figure(interval.high, decimals);
  return low === high ? low : `${low} to ${high}`;
}

/** "1 trial", "3 trials". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "4 Mar 2026"; anything that is no instant stays as written. */
export function day(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return visible(iso);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** "4 Mar 2026, 09:07:31 UTC". */
export function instant(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime())
    ? visible(iso)
    : `${day(iso)}, ${at.toISOString().slice(11, 19)} UTC`;
}

/** The beginning of a hash: enough to find it, short enough to read. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, 12);
}

/** Letters and digits for an anchor; different keys stay different. */
export function slug(key: string): string {
  return key.replace(/[^A-Za-z0-9]/g, (character) => `-${character.codePointAt(0)?.toString(16)}`);
}

/** A reason in words as a sentence of its own. */
export function sentence(reason: string): string {
  const text = visible(reason).trim();
  if (text === '') return '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
