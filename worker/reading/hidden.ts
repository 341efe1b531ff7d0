/** Text that is in the file but that nobody sees on the page. */
import type { BoxInto, PageGlyphs } from './glyphs';
import type { PdfiumFunctions } from './pdfium';

/** Smaller letters cannot be read on paper or screen. */
const SMALLEST_PT = 1;
/** A picture that covers this share of a page is the page: what lies over it unseen is its text layer. */
const SCAN_SHARE = 0.5;

const PATH = 2;
const IMAGE = 3;
const SHADING = 4;
const FORM = 5;

/** Something drawn that white letters can stand out from. */
export interface Painted {
  isImage: boolean;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Marks hidden glyphs. `painted` is asked for only where white or invisible text makes it matter. */
export function hiddenStyles(glyphs: PageGlyphs, painted: () => Painted[]): void {
  const { styles, box, style, count, isHidden, widthPt, heightPt } = glyphs;
  const needsBackground = styles.some((one) => one.isInvisible || one.isWhite);
  const areas = needsBackground ? painted() : [];
  const scan = areas.find(
    (area) =>
      area.isImage &&
      (area.right - area.left) * (area.bottom - area.top) >= SCAN_SHARE * widthPt * heightPt,
  );
  const isOver = (area: Painted, x: number, y: number) =>
    x >= area.left && x <= area.right && y >= area.top && y <= area.bottom;
  for (let i = 0; i < count; i++) {
    const own = styles[style[i]!];
    if (own === undefined) continue;
    const x = (box[4 * i]! + box[4 * i + 2]!) / 2;
    const y = (box[4 * i + 1]! + box[4 * i + 3]!) / 2;
    const isOffPage = x < 0 || y < 0 || x > widthPt || y > heightPt;
    const isTiny = own.size > 0 && own.size < SMALLEST_PT;
    const isOverScan = scan !== undefined && isOver(scan, x, y);
    if (own.isInvisible && isOverScan) glyphs.isScan = true;
    const isUnseen = own.isInvisible && !isOverScan;
    const isWhiteOnWhite = own.isWhite && !areas.some((area) => isOver(area, x, y));
    if (isOffPage || isTiny || isUnseen || isWhiteOnWhite) isHidden[i] = 1;
  }
}

/** Pictures, shadings and areas filled with anything but white, as shown. */
export function paintedAreas(
  f: PdfiumFunctions,
  page: number,
  scratch: number,
  box: BoxInto,
): Painted[] {
  const areas: Painted[] = [];
  const corners = new Float32Array(4);
  const at = scratch >> 2;
  for (let i = 0; i < f._FPDFPage_CountObjects(page); i++) {
    const object = f._FPDFPage_GetObject(page, i);
    const type = f._FPDFPageObj_GetType(object);
    if (type !== PATH && type !== IMAGE && type !== SHADING && type !== FORM) continue;
    if (type === PATH && !isFilledDark(f, object, scratch)) continue;
    if (f._FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12) === 0) {
      continue;
    }
    const [left, bottom, right, top] = [0, 1, 2, 3].map((k) => f.HEAPF32[at + k]!) as [
      number,
      number,
      number,
      number,
    ];
    box(left, top, right, bottom, corners, 0);
    areas.push({
      isImage: type === IMAGE,
      left: corners[0]!,
      top: corners[1]!,
      right: corners[2]!,
      bottom: corners[3]!,
    });
  }
  return areas;
}

function isFilledDark(f: PdfiumFunctions, path: number, scratch: number): boolean {
  const at = scratch >> 2;
  if (f._FPDFPath_GetDrawMode(path, scratch, scratch + 4) === 0) return false;
  if (f.HEAP32[at] === 0) return false;
  if (f._FPDFPageObj_GetFillColor(path, scratch, scratch + 4, scratch + 8, scratch + 12) === 0) {
    return false;
  }
  const [red, green, blue, alpha] = [0, 1, 2, 3].map((k) => f.HEAPU32[at + k]!) as [
    number,
    number,
    number,
    number,
  ];
  return alpha > 0 && Math.min(red, green, blue) < 240;
}
