/** Places in stored bodies: finding them again and saying why they do not hold. Browser-safe. */
import type { Json, Place } from '@/server/evidence/schema';
import { sameJson } from './canonical';

/** A stored body, decoded; JSON is parsed once, however many places are looked up in it. */
export interface Body {
  text: string;
  /** Throws SyntaxError when the body is not JSON. */
  json(): Json;
}

export type Resolution = { ok: true } | { ok: false; reason: string };

const BYTE_ORDER_MARK = '\uFEFF';

/** The string that text offsets count in: UTF-8, a byte order mark kept. */
export function decodeBody(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

export function createBody(content: string | Uint8Array): Body {
  const text = typeof content === 'string' ? content : decodeBody(content);
  let parsed: { value: Json } | undefined;
  return {
    text,
    json() {
      parsed ??= {
        value: JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text) as Json,
      };
      return parsed.value;
    },
  };
}

/** Checks that a place stands in the body exactly as written; else says in words what differs. */
export function resolve(place: Place, body: Body): Resolution {
  if ('value' in place) return resolveValue(place.pointer, place.value, body);
  if ('pointer' in place) {
    const found = lookUp(place.pointer, body);
    if (!found.ok) return found;
    if (typeof found.value !== 'string') {
      return refused(`there is no text at ${shownPointer(place.pointer)}`);
    }
    return resolveSlice(place, found.value);
  }
  const sliced = resolveSlice(place, body.text);
  if (!sliced.ok) return sliced;
  const display = isMarkup(body.text) ? displayOf(place.quote) : place.quote;
  return display === place.display
    ? { ok: true }
    : refused('the display text is not the quote without tags and escapes');
}

function resolveValue(pointer: string, value: unknown, body: Body): Resolution {
  const found = lookUp(pointer, body);
  if (!found.ok) return found;
  return sameJson(found.value, value)
    ? { ok: true }
    : refused(`the value at ${shownPointer(pointer)} is not the cited one`);
}

function resolveSlice(
  place: { start: number; end: number; quote: string },
  text: string,
): Resolution {
  const { start, end, quote } = place;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end <= start) {
    return refused(`${start} to ${end} is no range of text`);
  }
  if (end > text.length) return refused(`the text ends at ${text.length}, before ${end}`);
  return text.slice(start, end) === quote
    ? { ok: true }
    : refused(`the words from ${start} to ${end} are not the quote`);
}

function lookUp(pointer: string, body: Body): { ok: true; value: Json } | Refusal {
  let root: Json;
  try {
    root = body.json();
  } catch {
    return refused('the body is not JSON');
  }
  const value = atPointer(root, pointer);
  return value === undefined
    ? refused(`there is nothing at ${shownPointer(pointer)}`)
    : { ok: true, value };
}

/** The value at an RFC 6901 pointer, or undefined where there is none. */
export function atPointer(root: Json, pointer: string): Json | undefined {
  if (pointer === '') return root;
  if (!pointer.startsWith('/')) return undefined;
  let value: Json | undefined = root;
  for (const escaped of pointer.slice(1).split('/')) {
    if (/~(?![01])/.test(escaped)) return undefined;
    const token = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) {
      // RFC 6901, section 4: no leading zeros; "-" names the item after the last, which is none.
      value = /^(?:0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
    } else if (value !== null && typeof value === 'object' && Object.hasOwn(value, token)) {
      value = value[token];
    } else {
      return undefined;
    }
    if (value === undefined) return undefined;
  }
  return value;
}

/** One reference token of a pointer, escaped (RFC 6901, section 3). */
export function pointerToken(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Whether a body is XML or HTML, so that a raw slice of it may hold tags and escapes. */
export function isMarkup(bodyText: string): boolean {
  return /^\uFEFF?\s*</.test(bodyText);
}

const NAMED_ESCAPES: Record<string, string> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/** A raw slice of markup without tags, comments and escapes. White space stays as it stands. */
export function displayOf(raw: string): string {
  return raw.replace(
    /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<[/!]?[A-Za-z][^<>]*>|&(?:#x([0-9a-fA-F]+)|#(\d+)|([a-z]+));/g,
    (whole, cdata?: string, hex?: string, decimal?: string, name?: string) => {
      if (cdata !== undefined) return cdata;
      if (hex !== undefined) return characterOf(Number.parseInt(hex, 16), whole);
      if (decimal !== undefined) return characterOf(Number.parseInt(decimal, 10), whole);
      if (name !== undefined) return NAMED_ESCAPES[name] ?? whole;
      return '';
    },
  );
}

function characterOf(codePoint: number, otherwise: string): string {
  const isCharacter =
    codePoint > 0 && codePoint <= 0x10ffff && !(codePoint >= 0xd800 && codePoint <= 0xdfff);
  return isCharacter ? String.fromCodePoint(codePoint) : otherwise;
}

interface Refusal {
  ok: false;
  reason: string;
}

function refused(reason: string): Refusal {
  return { ok: false, reason };
}

function shownPointer(pointer: string): string {
  return pointer === '' ? 'the top of the body' : pointer;
}
