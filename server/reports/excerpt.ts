/** Narrows a cited text to a short quotation. Browser-safe. */
import type { Cited, QuotePlace, SlicePlace } from '@/server/evidence/schema';
import { displayOf } from './places';

/**
 * The beginning of a cited text: whole sentences as far as they fit, else up to a word's end. The
 * place of the shorter text stands inside the given one.
 */
export function excerpt(place: Cited<string>, maxCharacters: number): QuotePlace | SlicePlace {
  if ('value' in place) {
    const end = endOf(place.value, maxCharacters);
    return {
      snapshotSha256: place.snapshotSha256,
      pointer: place.pointer,
      start: 0,
      end,
      quote: place.value.slice(0, end),
    };
  }
  const end = endOf(place.quote, maxCharacters);
  const quote = place.quote.slice(0, end);
  const shorter = { ...place, end: place.start + end, quote };
  return 'display' in shorter ? { ...shorter, display: displayOf(quote) } : shorter;
}

function endOf(text: string, maxCharacters: number): number {
  if (text.length <= maxCharacters) return text.length;
  const head = text.slice(0, maxCharacters);
  // Never inside a tag or an escape, of which the rest would show as text.
  const broken = /<[^<>]*$|&[#\w]*$/.exec(head)?.index ?? head.length;
  const whole = head.slice(0, broken);
  const sentences = [...whole.matchAll(/[.!?](?=\s)/g)].at(-1);
  if (sentences) return sentences.index + 1;
  const word = whole.search(/\s\S*$/);
  return word > 0 ? word : whole.length;
}
