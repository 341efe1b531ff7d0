/** PDFs made on the spot, for tests. */
import { once } from 'node:events';
import PDFDocument from 'pdfkit';

/** A PDF of pages with the given text; `password` encrypts it. */
export async function makePdf(
  pages: string[],
  { title, password }: { title?: string; password?: string } = {},
): Promise<Buffer> {
  const doc = new PDFDocument({
    autoFirstPage: false,
    info: title ? { Title: title } : {},
    ...(password && { userPassword: password, ownerPassword: `${password}-owner` }),
  });
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  for (const text of pages) doc.addPage().fontSize(11).text(text);
  doc.end();
  await once(doc, 'end');
  return Buffer.concat(parts);
}

/** A page of prose about a thing, so different from other pages that none is taken for a header. */
export const prose = (thing: string, seed: number, sentences = 25): string =>
  Array.from(
    { length: sentences },
    (_, i) =>
      `In part ${seed}.${i} the ${thing} of ${seed * 13 + i * 7} adults was ${i % 2 ? 'lower' : 'higher'} after ${i + 3} weeks.`,
  ).join(' ');

/** Bytes as an upload brings them. */
export async function* asUpload(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
