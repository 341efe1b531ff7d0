/** Draws figures and structures on a PDF page as lines and areas. */
import { Parser } from 'htmlparser2';
import type { Figure, Paint, Shape } from './charts';
import { INK } from './pdf-type';

/** Draws a figure with its upper left corner at x, y. */
export function drawFigure(
  doc: PDFKit.PDFDocument,
  figure: Figure,
  x: number,
  y: number,
  width: number,
): void {
  doc
    .save()
    .translate(x, y)
    .scale(width / figure.width);
  for (const shape of figure.shapes) drawShape(doc, shape);
  doc.restore();
}

const STROKES: Record<Paint, string> = {
  support: INK.accent,
  against: INK.bad,
  unknown: INK.control,
  axis: INK.rule,
  zero: INK.strong,
  interval: INK.accent,
};

function drawShape(doc: PDFKit.PDFDocument, shape: Shape): void {
  const stroke = STROKES[shape.paint];
  if (shape.kind === 'line') {
    doc.moveTo(shape.x1, shape.y1).lineTo(shape.x2, shape.y2);
    doc.lineWidth(shape.width).stroke(stroke);
    return;
  }
  const { x, y, width, height } = shape;
  if (shape.paint === 'support') doc.rect(x, y, width, height).fill(stroke);
  if (shape.paint === 'against') {
    doc.save().rect(x, y, width, height).clip();
    for (let offset = -height; offset < width; offset += 4) {
      doc.moveTo(x + offset, y + height).lineTo(x + offset + height, y);
    }
    doc.lineWidth(1.6).stroke(stroke).restore();
  }
  doc.rect(x, y, width, height).lineWidth(0.8).stroke(stroke);
}

interface Stroke {
  path: string;
  fill: string | null;
  stroke: string | null;
  width: number;
  isEvenOdd: boolean;
}

export interface Drawing {
  width: number;
  height: number;
  strokes: Stroke[];
}

/**
 * Reads a structure as RDKit draws it: paths, rectangles and ellipses with colours in hexadecimal.
 * Null when the size is not stated; what it does not know is left out.
 */
export function readDrawing(svgText: string): Drawing | null {
  let size: { width: number; height: number } | null = null;
  const strokes: Stroke[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'svg') size = sizeOf(attributes);
        const path = pathOf(name, attributes);
        if (path) strokes.push({ path, ...paintOf(attributes) });
      },
    },
    { xmlMode: true },
  );
  parser.end(svgText);
  const found = size as { width: number; height: number } | null;
  return found && { ...found, strokes };
}

function sizeOf(attributes: Record<string, string>): { width: number; height: number } | null {
  const [, , width, height] = (attributes.viewBox ?? '').split(/[\s,]+/).map(Number);
  if (width && height && width > 0 && height > 0) return { width, height };
  const stated = [attributes.width, attributes.height].map((each) => Number.parseFloat(each ?? ''));
  const [statedWidth, statedHeight] = stated as [number, number];
  return statedWidth > 0 && statedHeight > 0 ? { width: statedWidth, height: statedHeight } : null;
}

const PATH_DATA =
  /^\s*[Mm](?:[\s,MmLlHhVvCcSsQqTtAaZz]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)*$/;

function pathOf(name: string, attributes: Record<string, string>): string | null {
  const number = (key: string) => Number.parseFloat(attributes[key] ?? '0');
  switch (name) {
    case 'path':
      return attributes.d && PATH_DATA.test(attributes.d) ? attributes.d : null;
    case 'rect': {
      const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(number);
      return finite(`M ${x} ${y} h ${width} v ${height} h -${width} Z`);
    }
    case 'ellipse': {
      const [x, y, rx, ry] = ['cx', 'cy', 'rx', 'ry'].map(number) as [
        number,
        number,
        number,
        number,
      ];
      return finite(
        `M ${x - rx} ${y} a ${rx} ${ry} 0 1 0 ${2 * rx} 0 a ${rx} ${ry} 0 1 0 ${-2 * rx} 0 Z`,
      );
    }
    default:
      return null;
  }
}

function finite(path: string): string | null {
  return PATH_DATA.test(path) ? path : null;
}

function paintOf(attributes: Record<string, string>): Omit<Stroke, 'path'> {
  const style: Record<string, string> = { ...attributes };
  for (const declaration of (attributes.style ?? '').split(';')) {
    const [key, value] = declaration.split(':');
    if (key && value) style[key.trim()] = value.trim();
  }
  return {
    fill: colorOf(style.fill ?? '#000000'),
    stroke: colorOf(style.stroke ?? 'none'),
    width: Number.parseFloat(style['stroke-width'] ?? '1') || 1,
    isEvenOdd: style['fill-rule'] === 'evenodd',
  };
}

function colorOf(value: string): string | null {
  if (value === 'none') return null;
  return /^#[0-9a-f]{6}$/i.test(value) ? value : '#000000';
}

export function drawStructure(
  doc: PDFKit.PDFDocument,
  drawing: Drawing,
  x: number,
  y: number,
  width: number,
): void {
  doc
    .save()
    .translate(x, y)
    .scale(width / drawing.width);
  for (const { path, fill, stroke, width: strokeWidth, isEvenOdd } of drawing.strokes) {
    if (fill) doc.path(path).fill(fill, isEvenOdd ? 'even-odd' : 'non-zero');
    if (stroke) doc.path(path).lineWidth(strokeWidth).stroke(stroke);
  }
  doc.restore();
}
