/** Papers made on the spot, to be asked. */
import { once } from 'node:events';
import PDFDocument from 'pdfkit';

/** Two columns, and a sentence that runs over the end of the page. */
export async function columnsPdf(): Promise<Buffer> {
  return pdf((doc) => {
    doc.fontSize(18).text('Sildenafil for altitude sickness in hikers', 60, 60);
    doc.fontSize(10);
    const left = [
      'Abstract',
      'Sildenafil reduced pulmonary pressure in hikers at 4,300 metres, but it did not prevent headache. We followed 84 volunteers for nine days.',
      'Methods',
      'Volunteers were randomised to sildenafil or placebo. Pulmonary pressure was measured by echocardiography every morning before the ascent began.',
    ];
    const right = [
      'Results',
      'Headache occurred in 31 of 42 volunteers on sildenafil and in 29 of 42 on placebo. Oxygen saturation rose by 4.2 percentage points at the highest camp.',
      'Discussion',
      'These findings suggest that vasodilation alone may not be enough to protect climbers from cerebral symptoms.',
    ];
    let y = 120;
    for (const text of left) {
      doc.text(text, 60, y, { width: 225 });
      y = doc.y + 8;
    }
    y = 120;
    for (const text of right) {
      doc.text(text, 310, y, { width: 225 });
      y = doc.y + 8;
    }
    doc.addPage().text('Limitations', 60, 60);
    doc.text('The expedition lasted only nine days, so late effects of dosing remain unknown.', {
      width: 300,
    });
  });
}

export const plainPdf = (title: string, lines: string[], options: PDFKit.PDFDocumentOptions = {}) =>
  pdf((doc) => {
    doc.fontSize(18).text(title).moveDown().fontSize(11);
    for (const line of lines) doc.text(line, { width: 320 }).moveDown();
  }, options);

async function pdf(
  write: (doc: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Buffer> {
  const doc = new PDFDocument(options);
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  write(doc);
  doc.end();
  await once(doc, 'end');
  return Buffer.concat(parts);
}
