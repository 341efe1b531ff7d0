/** Tables on the sheet: cells side by side, rows that go on over pages, a head on each page. */
import type { Figure } from './charts';
import { drawFigure } from './pdf-drawing';
import type { Item, Sheet } from './pdf-sheet';
import { INK, type Line, SIZES, widthOf } from './pdf-type';
import type { Cell, Part, Row } from './view';

const STYLE = { size: SIZES.small };
const HEAD = { size: SIZES.small, color: INK.quiet, face: 'sans-bold' } as const;
const CELL_GAP = 8;

export interface RowCell {
  /** Structure type: TH, TD, Div. */
  type: string;
  scope?: 'Row' | 'Column';
  items: Item[];
  /** From the left edge of the text. */
  x: number;
}

interface RowOptions {
  type?: string;
  anchor?: string;
  onNewPage?: () => void;
}

/** Cells side by side; what is taller than the room left goes on after `onNewPage`. */
export function setRow(sheet: Sheet, cells: RowCell[], options: RowOptions = {}): void {
  const { type = 'TR', anchor, onNewPage } = options;
  const turn = () => {
    sheet.newPage();
    onNewPage?.();
  };
  const height = heightOf(cells);
  if (height > sheet.room && height < sheet.pageHeight * 0.6) turn();
  if (anchor) sheet.destination(anchor);
  sheet.within(type, (row) => {
    const elements = cells.map(({ type: cellType, scope }) => {
      const element = sheet.doc.struct(cellType, { scope } as never);
      row.add(element);
      return element;
    });
    let rest = cells.map(({ items }) => items);
    for (;;) {
      const top = sheet.y;
      const bottom = top + sheet.room;
      let reached = top;
      rest = rest.map((items, index) => {
        const x = sheet.left + (cells[index]?.x ?? 0);
        let y = top;
        let taken = 0;
        for (const item of items) {
          if (y + item.height > bottom) break;
          item.draw(elements[index] as never, x, y);
          y += item.height;
          taken += 1;
        }
        reached = Math.max(reached, y);
        return items.slice(taken);
      });
      sheet.y = reached;
      if (rest.every((items) => items.length === 0)) break;
      turn();
    }
    for (const element of elements) element.end();
  });
}

function heightOf(cells: RowCell[]): number {
  return Math.max(...cells.map(({ items }) => items.reduce((sum, item) => sum + item.height, 0)));
}

export interface Grid {
  x: number;
  width: number;
  isNumeric: boolean;
}

export function setTable(sheet: Sheet, table: Extract<Part, { kind: 'table' }>): void {
  const grid = gridOf(sheet, table);
  const titles = table.columns.map(({ title }, index) =>
    sheet.type.lines([title], (grid[index] as Grid).width, HEAD),
  );
  const underHead = () => {
    sheet.rule(sheet.y + 1.5, INK.strong, 0.8);
    sheet.space(4);
  };
  /** On further pages the head is for the eye: the structure has it once. */
  const repeatHead = () => {
    const top = sheet.y;
    let reached = top;
    sheet.artifact(() => {
      titles.forEach((lines, index) => {
        let y = top;
        for (const line of lines) {
          sheet.drawPlain(line, sheet.left + aligned(line, grid[index] as Grid), y);
          y += line.height;
        }
        reached = Math.max(reached, y);
      });
    });
    sheet.y = reached;
    underHead();
  };
  sheet.space(4);
  sheet.keep(90);
  sheet.within('Table', () => {
    sheet.text('Caption', [table.caption], { size: SIZES.small, color: INK.quiet });
    sheet.space(2);
    setRow(
      sheet,
      titles.map((lines, index) => ({
        type: 'TH',
        scope: 'Column',
        items: lineItems(sheet, lines, grid[index] as Grid),
        x: 0,
      })),
    );
    underHead();
    for (const row of table.rows) {
      setRow(sheet, rowCells(sheet, row, grid, table.rowHead), {
        ...(row.anchor && { anchor: row.anchor }),
        onNewPage: repeatHead,
      });
      sheet.rule(sheet.y + 1.5, INK.rule, 0.5);
      sheet.space(4);
    }
  });
  sheet.space(8);
}

/** Where each column stands. */
export function gridOf(sheet: Sheet, { columns }: Extract<Part, { kind: 'table' }>): Grid[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  let x = 0;
  return columns.map(({ share, numeric }) => {
    const column = (sheet.width * share) / shares;
    const cell = { x, width: column - CELL_GAP, isNumeric: numeric === true };
    x += column;
    return cell;
  });
}

function rowCells(sheet: Sheet, row: Row, grid: Grid[], rowHead: number): RowCell[] {
  return row.cells.map((cell, index) => {
    const items = cellItems(sheet, cell, grid[index] as Grid);
    return index === rowHead
      ? { type: 'TH', scope: 'Row', items, x: 0 }
      : { type: 'TD', items, x: 0 };
  });
}

function cellItems(sheet: Sheet, { runs, figures = [] }: Cell, grid: Grid): Item[] {
  const drawn = figures.map((figure) => {
    const item = figureItem(sheet, figure, grid.width);
    return { ...item, draw: shifted(item, grid.x) };
  });
  return [...drawn, ...lineItems(sheet, sheet.type.lines(runs, grid.width, STYLE), grid)];
}

function lineItems(sheet: Sheet, lines: Line[], grid: Grid): Item[] {
  return sheet.items(lines).map((item, index) => ({
    ...item,
    draw: shifted(item, aligned(lines[index] as Line, grid)),
  }));
}

function aligned(line: Line, { x, width, isNumeric }: Grid): number {
  if (!isNumeric) return x;
  return x + width - widthOf(line);
}

function shifted(item: Item, by: number): Item['draw'] {
  return (under, x, y) => item.draw(under, x + by, y);
}

export function figureItem(sheet: Sheet, figure: Figure, width: number): Item {
  const height = (width * figure.height) / figure.width;
  return {
    height: height + 2,
    draw: (under, x, y) =>
      sheet.drawing(under, figure.text, [x, y, x + width, y + height], () =>
        drawFigure(sheet.doc, figure, x, y, width),
      ),
  };
}
