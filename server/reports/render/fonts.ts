/** Reads the typefaces that npm packages ship. Each file is read once a process. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const files = new Map<string, Buffer>();

export type Face = 'sans' | 'sans-bold' | 'sans-italic' | 'mono';

const PACKAGES: Record<Face, { folder: string; style: string }> = {
  sans: { folder: 'ibm-plex-sans', style: '400-normal' },
  'sans-bold': { folder: 'ibm-plex-sans', style: '600-normal' },
  'sans-italic': { folder: 'ibm-plex-sans', style: '400-italic' },
  mono: { folder: 'ibm-plex-mono', style: '400-normal' },
};

/** One script's part of a typeface, as the packages cut them, for embedding in a page. */
export function webFont(face: Face, script: string): Buffer {
  return fontFile(pathOf(face, script, 'woff2'));
}

/** The same as an uncompressed font, for embedding in a PDF. */
export function plainFont(face: Face, script: string): Buffer {
  return toSfnt(fontFile(pathOf(face, script, 'woff')));
}

/** Signs that IBM Plex lacks: operators, arrows, mathematical letters. */
export function signsFont(): Buffer {
  return toSfnt(fontFile('@fontsource/noto-sans-math/files/noto-sans-math-latin-400-normal.woff'));
}

function pathOf(face: Face, script: string, form: 'woff' | 'woff2'): string {
  const { folder, style } = PACKAGES[face];
  return `@fontsource/${folder}/files/${folder}-${script}-${style}.${form}`;
}

function fontFile(file: string): Buffer {
  const known = files.get(file);
  if (known) return known;
  const bytes = readFileSync(require.resolve(file));
  files.set(file, bytes);
  return bytes;
}

/**
 * Unpacks WOFF 1.0 (W3C Recommendation, 2012) into the font it was made of. fontkit 2.0.4 reads WOFF
 * itself, but past the end of the glyph table where the last glyph is empty, as the space here is.
 */
function toSfnt(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const header = Buffer.alloc(12 + 16 * count);
  header.writeUInt32BE(woff.readUInt32BE(4), 0);
  header.writeUInt16BE(count, 4);
  const power = Math.floor(Math.log2(count));
  header.writeUInt16BE(16 * 2 ** power, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE(16 * count - 16 * 2 ** power, 10);
  const tables: Buffer[] = [];
  let offset = header.length;
  for (let index = 0; index < count; index += 1) {
    const entry = woff.subarray(44 + 20 * index);
    const [start, packedLength, length] = [4, 8, 12].map((at) => entry.readUInt32BE(at)) as [
      number,
      number,
      number,
    ];
    const packed = woff.subarray(start, start + packedLength);
    const table = packedLength < length ? inflateSync(packed) : packed;
    const record = 12 + 16 * index;
    entry.copy(header, record, 0, 4);
    entry.copy(header, record + 4, 16, 20);
    header.writeUInt32BE(offset, record + 8);
    header.writeUInt32BE(length, record + 12);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    tables.push(table, padding);
    offset += length + padding.length;
  }
  return Buffer.concat([header, ...tables]);
}
