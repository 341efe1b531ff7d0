/** A place in a stored response in words: pointer or characters, and exactly what stands there. */
import type { Citation, Json } from '@/server/evidence/schema';
import { visible } from './text';
import type { Run } from './view';

/** Beyond these many characters what is cited is cut, and said to be; report.json has the whole. */
const MAX_WORDS = 1200;
const MAX_STRUCTURE = 240;

export function placeRuns(citation: Citation): Run[] {
  if ('value' in citation) {
    const { pointer, value } = citation;
    return [
      { text: visible(pointer) || 'the whole response', style: 'code' },
      ' ',
      ...(typeof value === 'string' ? quoted(value) : structure(value)),
    ];
  }
  const characters = `characters ${citation.start}–${citation.end}`;
  if ('pointer' in citation) {
    return [
      { text: visible(citation.pointer), style: 'code' },
      ` ${characters} `,
      ...quoted(citation.quote),
    ];
  }
  return [`${characters} of the response `, ...quoted(citation.display)];
}

function quoted(words: string): Run[] {
  const { shown, note } = cut(visible(words), MAX_WORDS);
  return [{ text: `“${shown}”`, style: 'quote' }, ...note];
}

function structure(value: Json): Run[] {
  const { shown, note } = cut(visible(JSON.stringify(value)), MAX_STRUCTURE);
  return [{ text: shown, style: 'code' }, ...note];
}

function cut(text: string, most: number): { shown: string; note: Run[] } {
  const characters = Array.from(text);
  if (characters.length <= most) return { shown: text, note: [] };
  return {
    shown: `${characters.slice(0, most).join('')}…`,
    note: [
      {
        text: ` (${most} of ${characters.length} characters; the whole stands in report.json)`,
        style: 'quiet',
      },
    ],
  };
}
