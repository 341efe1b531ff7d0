/** Small PDFs for tests. */
import PDFDocument from 'pdfkit';

export type Drawing = (pdf: PDFKit.PDFDocument) => void;

export async function makePdf(
  draw: Drawing,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  const pdf = new PDFDocument({ size: 'A4', margin: 60, ...options });
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise((resolve) => pdf.once('end', resolve));
  draw(pdf);
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}

/** The sentence so many times. */
export const paragraph = (sentence: string, times: number) =>
  Array.from({ length: times }, () => sentence).join(' ');
