/** A report as a tagged PDF, set without a browser. */
import PDFDocument from 'pdfkit';
import type { Report } from '../schema';
import { composeView } from './compose';
import type { RenderExtra } from './context';
import { setBlock, setContents, setFacts } from './pdf-parts';
import { Sheet } from './pdf-sheet';
import { SIZES } from './pdf-type';
import type { ReportView } from './view';

/** Stands for the file's own time where the job has no end: the file must not depend on the clock. */
const NO_DATE = '2000-01-01T00:00:00Z';

/** The same report gives the same bytes. */
export async function renderPdf(report: Report, extra: RenderExtra): Promise<Buffer> {
  const view = composeView(report, extra);
  const madeAt = new Date(view.finishedAt ?? NO_DATE);
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    // No default font: every glyph comes from an embedded one.
    font: '',
    info: {
      Title: metadataText(view.title),
      Author: `Phial ${metadataText(view.appVersion)}`,
      Subject: 'Molecule report',
      Keywords: `phial-report-hash ${view.reportHash}`,
      Creator: 'Phial',
      Producer: 'Phial (PDFKit)',
      CreationDate: Number.isNaN(madeAt.getTime()) ? new Date(NO_DATE) : madeAt,
    },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  setReport(new Sheet(doc, linkedAnchors(view)), view);
  doc.end();
  return finished;
}

function setReport(sheet: Sheet, view: ReportView): void {
  sheet.within('Sect', () => {
    sheet.text('P', ['Phial, molecule report', ...(view.isDemo ? DEMO : [])], {
      size: SIZES.small,
    });
    sheet.space(2);
    sheet.text('H1', [view.subject], { size: SIZES.title, face: 'sans-bold' });
    sheet.space(6);
    setFacts(sheet, view.imprint, { size: SIZES.small });
  });
  const [decision, ...others] = view.blocks;
  if (decision) setBlock(sheet, decision);
  if (others.length > 1) setContents(sheet, view.blocks);
  for (const block of others) setBlock(sheet, block);
  if (sheet.type.hasBoxes) sheet.text('P', [BOXES], { size: SIZES.small });
  sheet.finish(view.title, `Phial ${view.appVersion}, report SHA-256 ${view.reportHash}`);
}

const BOXES =
  'A box (□) stands for a character that the typefaces of this file lack; copied words have the true character, and report.html shows it.';

const DEMO = ['  ', { text: 'Demo', badge: 'caution' as const }];

/** pdfkit writes properties into XML as they are. */
function metadataText(text: string): string {
  return text.replace(/[<>&]/g, ' ').replace(/ +/g, ' ').trim();
}

/** Every anchor that a run leads to. */
function linkedAnchors(view: ReportView): Set<string> {
  const anchors = new Set(view.blocks.map(({ anchor }) => anchor));
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'to' && typeof inner === 'string') anchors.add(inner);
        else visit(inner);
      }
    }
  };
  visit(view.blocks);
  return anchors;
}
