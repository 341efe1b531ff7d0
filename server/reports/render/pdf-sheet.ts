/**
 * Pages of a tagged PDF: where one writes, what element of the document's structure it belongs to,
 * and what repeats on each page.
 */
import {
  BADGE_PADDING,
  INK,
  type Line,
  type Piece,
  SIZES,
  type TextStyle,
  TONE_INK,
  Typesetter,
  widthOf,
} from './pdf-type';
import type { Run } from './view';

type Element = PDFKit.PDFStructureElement;

/** A4 in points, with 16 mm at the sides and room for head and foot. */
const PAGE = { width: 595.28, height: 841.89, left: 45, top: 54, bottom: 56 };

/** Something of a height that is drawn under an element, wholly on one page. */
export interface Item {
  height: number;
  draw(under: Element, x: number, y: number): void;
}

export class Sheet {
  readonly left = PAGE.left;
  readonly width = PAGE.width - 2 * PAGE.left;
  readonly type: Typesetter;
  y = PAGE.top;
  private page = 0;
  private readonly pages = new Map<string, number>();
  private readonly pageNumbers: { anchor: string; page: number; right: number; y: number }[] = [];
  private readonly stack: Element[] = [];

  constructor(
    readonly doc: PDFKit.PDFDocument,
    /** Anchors that something leads to; others get no destination. */
    private readonly linked: ReadonlySet<string>,
  ) {
    this.type = new Typesetter(doc);
    const root = doc.struct('Document');
    doc.addStructure(root);
    this.stack.push(root);
    this.newPage();
  }

  /** Room left on the page, in points. */
  get room(): number {
    return PAGE.height - PAGE.bottom - this.y;
  }

  get pageHeight(): number {
    return PAGE.height - PAGE.bottom - PAGE.top;
  }

  newPage(): void {
    this.doc.addPage();
    this.page += 1;
    this.y = PAGE.top;
  }

  /** Goes to the next page unless there is room for so many points. */
  keep(points: number): void {
    if (this.room < Math.min(points, this.pageHeight)) this.newPage();
  }

  space(points: number): void {
    this.y += points;
  }

  /** Runs `write` with a new element of the structure as the current one. */
  within(type: string, write: (element: Element) => void, options: object = {}): void {
    const element = this.doc.struct(type, options);
    this.current.add(element);
    this.stack.push(element);
    write(element);
    this.stack.pop();
    element.end();
  }

  private get current(): Element {
    return this.stack.at(-1) as Element;
  }

  /** Where links to the anchor lead: the present height of the present page. */
  destination(anchor: string): void {
    this.pages.set(anchor, this.page);
    if (this.linked.has(anchor)) {
      this.doc.addNamedDestination(anchor, 'XYZ', 0, Math.max(0, this.y - 6), null as never);
    }
  }

  /** The number of the anchor's page, written on the present page so that it ends at `right`. */
  pageNumber(anchor: string, right: number, y: number): void {
    this.pageNumbers.push({ anchor, page: this.page, right, y });
  }

  /** A bookmark to the present place. */
  bookmark(title: string): void {
    // The place is an option of pdfkit (0.20) that its types do not list.
    this.doc.outline.addItem(title, { top: this.y - 8, left: PAGE.width } as never);
  }

  /** A paragraph of the given kind (P, H1, Caption …) across the page, breaking where it must. */
  text(type: string, runs: readonly Run[], style: TextStyle, indent = 0): void {
    const lines = this.type.lines(runs, this.width - indent, style);
    this.within(type, (element) => this.flow(element, this.items(lines), this.left + indent));
  }

  /** Items one below the other, over as many pages as they need. */
  flow(element: Element, items: readonly Item[], x: number): void {
    for (const item of items) {
      this.keep(item.height);
      item.draw(element, x, this.y);
      this.y += item.height;
    }
  }

  items(lines: readonly Line[]): Item[] {
    return lines.map((line) => ({
      height: line.height,
      draw: (under, x, y) => this.drawLine(under, line, x, y),
    }));
  }

  /** Marks on the page that say nothing: rules, grounds. */
  artifact(draw: (doc: PDFKit.PDFDocument) => void, type = 'Layout'): void {
    this.doc.markContent('Artifact', { type } as never);
    draw(this.doc);
    this.doc.endMarkedContent();
  }

  rule(y: number, color: string, width: number, x = this.left, length = this.width): void {
    this.artifact((doc) =>
      doc
        .moveTo(x, y)
        .lineTo(x + length, y)
        .lineWidth(width)
        .stroke(color),
    );
  }

  /** A picture with its words, as one element; `box` is left, top, right, bottom. */
  drawing(under: Element, alt: string, box: [number, number, number, number], draw: () => void) {
    const figure = this.doc.struct('Figure', { alt, bbox: box } as never);
    under.add(figure);
    const content = this.doc.markStructureContent('Figure');
    draw();
    this.doc.endMarkedContent();
    figure.add(content);
    figure.end();
  }

  private drawLine(under: Element, line: Line, x: number, y: number): void {
    const baseline = y + line.ascent;
    let at = x;
    let open: PDFKit.PDFStructureContent | null = null;
    const close = () => {
      if (!open) return;
      this.doc.endMarkedContent();
      under.add(open);
      open = null;
    };
    for (const piece of line.pieces) {
      if (piece.href || piece.to) {
        close();
        this.drawLink(under, piece, at, y, line, baseline);
      } else {
        if (piece.badge) {
          close();
          this.drawBadge(piece, at, baseline);
        }
        open ??= this.doc.markStructureContent('P');
        this.drawPiece(piece, piece.badge ? at + BADGE_PADDING : at, baseline);
      }
      at += piece.width;
    }
    close();
  }

  private drawPiece(piece: Piece, x: number, baseline: number): void {
    const { doc } = this;
    if (piece.actual !== null) doc.markContent('Span', { actual: piece.actual });
    this.type.use(piece.font, piece.size);
    doc.fillColor(piece.color);
    doc.text(piece.text, x, baseline - piece.rise, { lineBreak: false, baseline: 'alphabetic' });
    if (piece.actual !== null) doc.endMarkedContent();
  }

  private drawBadge(piece: Piece, x: number, baseline: number): void {
    const { ink, wash } = TONE_INK[piece.badge ?? 'plain'];
    const height = piece.size * 1.45;
    const top = baseline - piece.rise - piece.size * 1.06;
    this.artifact((doc) =>
      doc
        .roundedRect(x + 0.5, top, piece.width - 1, height, 1.5)
        .lineWidth(0.6)
        .fillAndStroke(wash, ink),
    );
  }

  private drawLink(
    under: Element,
    piece: Piece,
    x: number,
    top: number,
    line: Line,
    baseline: number,
  ): void {
    const { doc } = this;
    const link = doc.struct('Link');
    under.add(link);
    const content = doc.markStructureContent('Link');
    this.drawPiece(piece, x, baseline);
    doc.endMarkedContent();
    link.add(content);
    const target = piece.href
      ? { A: { S: 'URI', URI: new String(piece.href) } }
      : { Dest: piece.to };
    doc.annotate(x, top, piece.width, line.height, {
      Subtype: 'Link',
      Contents: new String(piece.href ?? piece.text),
      structParent: link,
      ...target,
    } as never);
    link.end();
    if (piece.href) this.underline(piece, x, baseline);
  }

  private underline(piece: Piece, x: number, baseline: number): void {
    const y = baseline + piece.size * 0.16;
    this.rule(y, piece.color, 0.35, x, piece.width);
  }

  /** Head and foot of every page and the pages in the contents, once all are known. */
  finish(head: string, foot: string): void {
    const style = { size: SIZES.tiny, color: INK.quiet };
    const footY = PAGE.height - PAGE.bottom + 20;
    for (let page = 1; page <= this.page; page += 1) {
      this.doc.switchToPage(page - 1);
      this.artifact(() => {
        const number = `page ${page} of ${this.page}`;
        const [numberLine] = this.type.lines([number], this.width, style) as [Line];
        const numberWidth = widthOf(numberLine);
        const [headLine] = this.type.lines([head], this.width, style) as [Line];
        const [footLine] = this.type.lines([foot], this.width - numberWidth - 12, style) as [Line];
        if (page > 1) this.drawPlain(headLine, this.left, PAGE.top - 30);
        this.drawPlain(footLine, this.left, footY);
        this.drawPlain(numberLine, this.left + this.width - numberWidth, footY);
        for (const each of this.pageNumbers) if (each.page === page) this.drawPageNumber(each);
      }, 'Pagination');
    }
    for (const element of this.stack) element.end();
  }

  private drawPageNumber({ anchor, right, y }: { anchor: string; right: number; y: number }): void {
    const number = String(this.pages.get(anchor) ?? '');
    const [line] = this.type.lines([number], this.width, { size: SIZES.text }) as [Line];
    this.drawPlain(line, right - widthOf(line), y);
  }

  /** A line outside the document's structure; within an artifact only. */
  drawPlain(line: Line, x: number, y: number): void {
    let at = x;
    for (const piece of line.pieces) {
      this.drawPiece({ ...piece, actual: null }, at, y + line.ascent);
      at += piece.width;
    }
  }
}
