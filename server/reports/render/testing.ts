/** Reads back what tests must know of a PDF as pdfkit writes it: its text, page by page. */
import { inflateSync } from 'node:zlib';

export interface ReadPdf {
  /** The file with its streams unpacked, a byte a character. */
  source: string;
  pages: string[];
}

export function readPdf(bytes: Buffer): ReadPdf {
  const objects = objectsOf(bytes);
  const unicode = new Map<string, Map<string, string>>();
  const pages: string[] = [];
  for (const { dictionary } of objects.values()) {
    for (const [, name, reference] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const font = objects.get(Number(reference))?.dictionary ?? '';
      const cmap = objects.get(numberAfter(font, 'ToUnicode'))?.stream ?? '';
      if (cmap) unicode.set(name as string, unicodeOf(cmap));
    }
  }
  const root = [...objects.values()].find(({ dictionary }) => dictionary.includes('/Type /Pages'));
  for (const [, reference] of root?.dictionary.matchAll(/(\d+) 0 R/g) ?? []) {
    const page = objects.get(Number(reference))?.dictionary ?? '';
    if (!page.includes('/Type /Page\n')) continue;
    pages.push(textOf(objects.get(numberAfter(page, 'Contents'))?.stream ?? '', unicode));
  }
  const source = [...objects.values()].map((each) => each.dictionary + each.stream).join('\n');
  return { source: `${source}\n${bytes.subarray(-2000).toString('latin1')}`, pages };
}

function numberAfter(dictionary: string, key: string): number {
  return Number(new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1]);
}

function objectsOf(bytes: Buffer): Map<number, { dictionary: string; stream: string }> {
  const text = bytes.toString('latin1');
  const objects = new Map<number, { dictionary: string; stream: string }>();
  for (const match of text.matchAll(/^(\d+) 0 obj\n/gm)) {
    const from = match.index + match[0].length;
    const end = text.indexOf('\nendobj', from);
    const body = text.slice(from, end);
    const start = body.indexOf('\nstream\n');
    const dictionary = start < 0 ? body : body.slice(0, start);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
    const packed = start < 0 ? null : bytes.subarray(from + start + 8, from + start + 8 + length);
    const isText = packed && dictionary.includes('FlateDecode') && !dictionary.includes('/Length1');
    objects.set(Number(match[1]), {
      dictionary,
      stream: isText ? inflateSync(packed).toString('latin1') : '',
    });
  }
  return objects;
}

function unicodeOf(cmap: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const [, first, , list] of cmap.matchAll(/<(\w{4})> <(\w{4})> \[([^\]]*)\]/g)) {
    [...(list as string).matchAll(/<([^>]*)>/g)].forEach(([, hex], index) => {
      const code = (Number.parseInt(first as string, 16) + index).toString(16).padStart(4, '0');
      const units = (hex as string).split(' ').filter(Boolean);
      map.set(code, String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))));
    });
  }
  return map;
}

function textOf(content: string, unicode: Map<string, Map<string, string>>): string {
  let font = '';
  let text = '';
  for (const [, name, operands] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = name;
    for (const [, hex] of operands?.matchAll(/<([0-9a-f]+)>/g) ?? []) {
      for (const code of (hex as string).match(/.{4}/g) ?? []) {
        text += unicode.get(font)?.get(code) ?? '';
      }
    }
  }
  return text;
}
