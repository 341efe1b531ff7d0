import PDFDocument from 'pdfkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { composeView } from './compose';
import { renderPdf } from './pdf';
import { readDrawing } from './pdf-drawing';
import { Sheet } from './pdf-sheet';
import { gridOf } from './pdf-table';
import { SIZES, widthOf } from './pdf-type';
import { SAMPLE_SVG, sampleReport } from './sample';
import { emptyReport, hostileReport } from './sample-edge';
import { type ReadPdf, readPdf } from './testing';

const extra = { depictionSvg: SAMPLE_SVG };
const report = sampleReport();

describe('a report as PDF', () => {
  let bytes: Buffer;
  let pdf: ReadPdf;
  beforeAll(async () => {
    bytes = await renderPdf(report, extra);
    pdf = readPdf(bytes);
  });

  it('is tagged, in English, with a title, bookmarks and its hash in the properties', () => {
    expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(pdf.source).toContain('/Marked true');
    expect(pdf.source).toContain('/Lang (en)');
    expect(pdf.source).toContain('(Exemplaride: Phial report)');
    expect(pdf.source).toContain(`(phial-report-hash ${report.reportHash})`);
    expect(pdf.source).toContain('(D:20261122140509Z)');
    expect(pdf.source).toContain('/Title (4  Clinical trials)');
    expect(pdf.source).toContain(
      '/Alt (Structure of Exemplaride, SMILES CC\\(=O\\)Oc1ccccc1C\\(=O\\)O)',
    );
    for (const tag of ['H1', 'H2', 'Table', 'TH', 'TD', 'Figure', 'Link', 'L']) {
      expect(pdf.source).toContain(`/S /${tag}\n`);
    }
  });

  it('has hash and page number on every page, and the head of a table on each page it reaches', () => {
    expect(pdf.pages.length).toBeGreaterThan(5);
    pdf.pages.forEach((page, index) => {
      expect(page).toContain(report.reportHash);
      expect(page).toContain(`page ${index + 1} of ${pdf.pages.length}`);
    });
    const heads = pdf.pages.filter((page) => page.includes('SHA-256SourceRetrieved'));
    expect(heads.length).toBeGreaterThan(1);
  });

  it('says what the HTML says, in the same order', () => {
    const all = pdf.pages.join(' ');
    const order = [
      'Investigate',
      'Identity',
      'Approved uses',
      'ended before its plan',
      'Retracted: this item',
      'no connector yet',
      'Terms of the score',
      'Evidence and citations',
      'Stored responses',
    ];
    let at = 0;
    for (const words of order) {
      const found = all.indexOf(words, at);
      expect(found, words).toBeGreaterThanOrEqual(0);
      at = found + words.length;
    }
    expect(all).toContain('Open Targets failed (it answered 503 three times)');
    for (const { snapshotSha256 } of report.evidence) expect(all).toContain(snapshotSha256);
  });

  it('embeds every font it uses', () => {
    const fonts = [...pdf.source.matchAll(/\/Type \/FontDescriptor[\s\S]*?>>/g)];
    expect(fonts.length).toBeGreaterThan(2);
    expect(pdf.source).not.toContain('/BaseFont /Helvetica');
  });

  it('shows a character that no font has as a box, and keeps it for copying', () => {
    expect(pdf.pages.join('')).toContain('□□');
    const utf16 = Buffer.from('製剤', 'utf16le').swap16().toString('latin1');
    expect(pdf.source).toContain(`/ActualText (\u00fe\u00ff${utf16}`);
    expect(pdf.pages.at(-1)).toContain('A box (□) stands for a character');
  });

  it('gives the same bytes for the same report, whatever was set before', async () => {
    await renderPdf(hostileReport(), { depictionSvg: null });
    expect((await renderPdf(structuredClone(report), extra)).equals(bytes)).toBe(true);
  });
});

it('keeps the label of a candidate, which is never broken, within its column', () => {
  const candidates = report.candidates.map((candidate) => ({
    ...candidate,
    label: candidate.label && ('Insufficient evidence' as const),
  }));
  const { blocks } = composeView({ ...report, candidates }, extra);
  const sheet = new Sheet(new PDFDocument({ autoFirstPage: false, font: '' }), new Set());
  let labels = 0;
  for (const part of blocks.flatMap(({ parts }) => parts)) {
    if (part.kind !== 'table') continue;
    const grid = gridOf(sheet, part);
    for (const { cells } of part.rows) {
      cells.forEach(({ runs }, column) => {
        for (const run of runs) {
          if (typeof run === 'string' || run.text !== 'Insufficient evidence') continue;
          const [line] = sheet.type.lines([run], 1_000, { size: SIZES.small });
          expect(line && widthOf(line)).toBeLessThanOrEqual(grid[column]?.width ?? 0);
          labels += 1;
        }
      });
    }
  }
  expect(labels).toBeGreaterThan(0);
});

it('says only that nothing is known when nothing is', async () => {
  const pdf = readPdf(await renderPdf(emptyReport(), { depictionSvg: null }));
  expect(pdf.pages).toHaveLength(1);
  expect(pdf.pages[0]).toContain('Insufficient evidence');
  expect(pdf.pages[0]?.split('the connection was refused')).toHaveLength(8);
  expect(pdf.pages[0]).not.toContain('Literature');
});

it('sets hostile text, long words and every plane of Unicode without failing', async () => {
  const title = `${'N-'.repeat(4000)} \u0301 \uD800 👩‍🔬 𓀀 ﷽ عربى देवनागरी 한국어 ﬁ ℃ ① ${'漢'.repeat(500)}`;
  const hostile = hostileReport();
  const evidence = hostile.evidence.map((each) => ({ ...each, title }));
  const pdf = readPdf(await renderPdf({ ...hostile, evidence }, { depictionSvg: '<svg>' }));
  const all = pdf.pages.join('');
  expect(all).toContain('[U+202E]');
  expect(all).toContain('the picture cannot be drawn');
  expect(pdf.source).not.toContain('javascript:');
  expect(pdf.source).not.toMatch(/<dc:title>[\s\S]*<script/);
}, 120_000);

it('reads drawings as RDKit makes them and leaves out the rest', () => {
  const drawing = readDrawing(SAMPLE_SVG);
  expect(drawing).toMatchObject({ width: 200, height: 140 });
  expect(drawing?.strokes.map(({ fill, stroke }) => [fill, stroke])).toEqual([
    ['#FFFFFF', null],
    [null, '#000000'],
    [null, '#FF0000'],
    ['#FF0000', null],
    ['#0000FF', null],
  ]);
  expect(readDrawing('<svg><path d="M 0 0"/></svg>')).toBeNull();
  expect(readDrawing('<svg viewBox="0 0 9 9"><path d="M 0 0 L evil()"/></svg>')?.strokes).toEqual(
    [],
  );
});
