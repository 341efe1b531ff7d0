/** Sets the parts of a composed report on the sheet. */
import { drawStructure, readDrawing } from './pdf-drawing';
import type { Sheet } from './pdf-sheet';
import { figureItem, setRow, setTable } from './pdf-table';
import { INK, SIZES, type TextStyle, TONE_INK } from './pdf-type';
import type { Block, CitationEntry, Part, Run } from './view';

const TEXT = { size: SIZES.text };
const SMALL = { size: SIZES.small };
const QUIET = { size: SIZES.small, color: INK.quiet };

export function setBlock(sheet: Sheet, block: Block): void {
  sheet.within('Sect', () => {
    sheet.space(16);
    sheet.keep(110);
    sheet.rule(sheet.y, INK.strong, 1.4);
    sheet.space(7);
    sheet.destination(block.anchor);
    const title = block.number === null ? block.title : `${block.number}  ${block.title}`;
    sheet.bookmark(title);
    sheet.text('H2', [title], { size: SIZES.block, face: 'sans-bold' });
    sheet.space(5);
    for (const part of block.parts) setPart(sheet, part);
  });
}

function setPart(sheet: Sheet, part: Part): void {
  switch (part.kind) {
    case 'heading':
      sheet.space(9);
      sheet.keep(130);
      sheet.destination(part.anchor);
      sheet.text(
        'H3',
        [{ text: part.text, style: 'strong' }, ...(part.runs ?? []).flatMap((run) => ['  ', run])],
        {
          size: SIZES.heading,
        },
      );
      sheet.space(3);
      break;
    case 'text':
      sheet.text('P', part.runs, part.isQuiet ? QUIET : TEXT);
      sheet.space(5);
      break;
    case 'notice':
      setNotice(sheet, part);
      break;
    case 'facts':
      setFacts(sheet, part.rows);
      break;
    case 'list':
      setList(sheet, part.items);
      break;
    case 'statements':
      setStatements(sheet, part.items);
      break;
    case 'table':
      setTable(sheet, part);
      break;
    case 'verdict':
      setVerdict(sheet, part);
      break;
    case 'depiction':
      setDepiction(sheet, part);
      break;
    case 'citations':
      setCitations(sheet, part);
      break;
  }
}

type PartOf<K extends Part['kind']> = Extract<Part, { kind: K }>;

function setNotice(sheet: Sheet, { tone, title, runs }: PartOf<'notice'>): void {
  const { ink, wash } = TONE_INK[tone];
  const inner = sheet.width - 18;
  const lines = [
    ...sheet.type.lines([title], inner, { size: SIZES.text, face: 'sans-bold', color: ink }),
    ...sheet.type.lines(runs, inner, TEXT),
  ];
  const height = lines.reduce((sum, line) => sum + line.height, 0) + 10;
  sheet.keep(height);
  sheet.artifact((doc) => {
    doc.rect(sheet.left, sheet.y, sheet.width, height).fill(wash);
    doc.rect(sheet.left, sheet.y, 2.5, height).fill(ink);
  });
  sheet.space(5);
  sheet.within('P', (element) => sheet.flow(element, sheet.items(lines), sheet.left + 10));
  sheet.space(11);
}

/** Terms and what they are, in two columns; a row stays together while it can. */
export function setFacts(
  sheet: Sheet,
  rows: PartOf<'facts'>['rows'],
  style: TextStyle = TEXT,
): void {
  const termWidth = 84;
  sheet.within('Table', () => {
    for (const { term, runs } of rows) {
      const terms = sheet.items(
        sheet.type.lines([term], termWidth - 8, { ...style, color: INK.quiet }),
      );
      const values = sheet.items(sheet.type.lines(runs, sheet.width - termWidth, style));
      setRow(sheet, [
        { type: 'TH', scope: 'Row', items: terms, x: 0 },
        { type: 'TD', items: values, x: termWidth },
      ]);
      sheet.space(1.5);
    }
  });
  sheet.space(7);
}

function setList(sheet: Sheet, items: Run[][]): void {
  sheet.within('L', () => {
    for (const runs of items) {
      sheet.within('LI', () => {
        sheet.keep(SIZES.text * 1.4);
        const top = sheet.y;
        sheet.artifact((doc) =>
          doc.rect(sheet.left + 2, top + SIZES.text * 0.66, 4, 0.8).fill(INK.quiet),
        );
        sheet.text('LBody', runs, TEXT, 12);
      });
    }
  });
  sheet.space(5);
}

function setStatements(sheet: Sheet, items: PartOf<'statements'>['items']): void {
  sheet.space(3);
  sheet.within('L', () => {
    for (const { anchor, runs, alarm } of items) {
      sheet.within('LI', () => {
        sheet.keep(alarm ? 44 : 28);
        sheet.destination(anchor);
        if (alarm) setAlarm(sheet, alarm);
        sheet.text('LBody', runs, TEXT);
        sheet.space(3);
        sheet.rule(sheet.y, INK.rule, 0.5);
        sheet.space(3);
      });
    }
  });
  sheet.space(4);
}

function setAlarm(sheet: Sheet, alarm: string): void {
  const { ink, wash } = TONE_INK.bad;
  const height = SIZES.text * 1.36 + 4;
  sheet.artifact((doc) => {
    doc.rect(sheet.left, sheet.y, sheet.width, height).fill(wash);
    doc.rect(sheet.left, sheet.y, 2.5, height).fill(ink);
  });
  sheet.space(2);
  sheet.text('P', [alarm], { size: SIZES.text, face: 'sans-bold', color: ink }, 8);
  sheet.space(3);
}

function setVerdict(sheet: Sheet, { label, tone, runs, figures }: PartOf<'verdict'>): void {
  const color = tone === 'plain' ? INK.ink : TONE_INK[tone].ink;
  sheet.text('P', [label], { size: 18, face: 'sans-bold', color });
  sheet.text('P', runs, { size: 10 });
  sheet.space(6);
  const gap = 24;
  const width = Math.min(200, (sheet.width - gap) / 2);
  if (figures.length > 0) {
    const columns = figures.map((figure, index) => ({
      type: 'Div',
      items: [
        figureItem(sheet, figure, width),
        ...sheet.items(sheet.type.lines([figure.text], width, QUIET)),
      ],
      x: index * (width + gap),
    }));
    sheet.within('Div', () => setRow(sheet, columns, { type: 'Div' }));
  }
  sheet.space(8);
}

function setDepiction(sheet: Sheet, { svg, alt }: PartOf<'depiction'>): void {
  const drawing = readDrawing(svg);
  if (!drawing) {
    sheet.text('P', [`${alt} (the picture cannot be drawn)`], QUIET);
    return;
  }
  const width = Math.min(220, (170 * drawing.width) / drawing.height);
  const height = (width * drawing.height) / drawing.width;
  sheet.keep(height);
  const { left, y } = sheet;
  sheet.within('P', (element) =>
    sheet.drawing(element, alt, [left, y, left + width, y + height], () =>
      drawStructure(sheet.doc, drawing, left, y, width),
    ),
  );
  sheet.space(height + 8);
}

/** Records with their number in the margin, and the places that are cited under each. */
function setCitations(sheet: Sheet, { entries }: PartOf<'citations'>): void {
  sheet.within('L', () => {
    for (const entry of entries) setCitation(sheet, entry);
  });
  sheet.space(4);
}

function setCitation(sheet: Sheet, { anchor, number, head, places }: CitationEntry): void {
  const indent = 22;
  const heads = sheet.items(sheet.type.lines(head, sheet.width - indent, SMALL));
  sheet.within('LI', (item) => {
    sheet.keep(26);
    sheet.destination(anchor);
    const [numberItem] = sheet.items(sheet.type.lines([String(number)], indent, QUIET));
    numberItem?.draw(item, sheet.left, sheet.y);
    sheet.within('LBody', (body) => {
      sheet.flow(body, heads, sheet.left + indent);
      for (const place of places) {
        const lines = sheet.items(sheet.type.lines(place.runs, sheet.width - indent - 14, SMALL));
        const [letter] = sheet.items(
          sheet.type.lines([{ text: place.letter, style: 'strong' }], 20, QUIET),
        );
        sheet.keep(lines[0]?.height ?? 0);
        sheet.destination(place.anchor);
        letter?.draw(body, sheet.left + indent, sheet.y);
        sheet.flow(body, lines, sheet.left + indent + 14);
      }
    });
    sheet.space(2.5);
  });
}

/** The blocks in two columns, each leading to its place, with its page once that is known. */
export function setContents(sheet: Sheet, blocks: readonly Block[]): void {
  const column = sheet.width / 2;
  const rows = Math.ceil(blocks.length / 2);
  const rowHeight = SIZES.text * 1.5;
  sheet.space(8);
  sheet.keep(20 + rows * rowHeight);
  sheet.within('TOC', () => {
    sheet.text('P', [{ text: 'Contents', style: 'strong' }], QUIET);
    const top = sheet.y + 2;
    for (const [index, { anchor, number, title }] of blocks.entries()) {
      const x = sheet.left + (index < rows ? 0 : column);
      const y = top + (index % rows) * rowHeight;
      sheet.within('TOCI', (entry) => {
        const first = (text: string, width: number, to?: string) =>
          sheet.items(sheet.type.lines([to ? { text, to } : text], width, TEXT))[0];
        first(String(number ?? '·'), 20)?.draw(entry, x, y);
        first(title, column - 70, anchor)?.draw(entry, x + 20, y);
        sheet.pageNumber(anchor, x + column - 30, y);
      });
    }
    sheet.y = top + rows * rowHeight;
  });
  sheet.space(4);
}
