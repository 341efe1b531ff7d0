/** Reads the characters of pages through PDFium. */
import type { BoxInto, PageGlyphs, Style } from './glyphs';
import { hiddenStyles, type Painted, paintedAreas } from './hidden';
import type { Pdfium } from './pdfium';

const ITALIC_FLAG = 1 << 6;
const FORCE_BOLD_FLAG = 1 << 18;
const BOLD_NAME =
  /bold|black|heavy|semibold|demi|(^|[-+,])(?:CMBX|SFBX|ECBX|NimbusRomNo9L-Medi|.*-Medi)/i;
const ITALIC_NAME = /ital|obliq|(^|[-+,])(?:CMTI|CMMI|SFTI|.*-ReguItal)/i;

export class PageSource {
  /** Memory of PDFium's that results are written into. */
  private readonly scratch: number;
  private readonly fonts = new Map<number, { name: string; isBold: boolean; isItalic: boolean }>();

  constructor(
    private readonly pdfium: Pdfium,
    private readonly document: number,
  ) {
    this.scratch = pdfium.f.wasmExports.malloc(256);
  }

  /** Throws when the page cannot be loaded. */
  read(index: number): PageGlyphs {
    const { f } = this.pdfium;
    const page = f._FPDF_LoadPage(this.document, index);
    if (page === 0) throw new Error('the page cannot be loaded');
    const text = f._FPDFText_LoadPage(page);
    if (text === 0) {
      f._FPDF_ClosePage(page);
      throw new Error('the text of the page cannot be loaded');
    }
    try {
      return this.glyphs(page, text);
    } finally {
      f._FPDFText_ClosePage(text);
      f._FPDF_ClosePage(page);
    }
  }

  private glyphs(page: number, text: number): PageGlyphs {
    const { f } = this.pdfium;
    const toShown = this.transform(page);
    const count = Math.max(0, f._FPDFText_CountChars(text));
    const code = new Uint32Array(count);
    const box = new Float32Array(count * 4);
    const baseline = new Float32Array(count);
    const style = new Uint16Array(count);
    const styles: Style[] = [];
    const known = new Map<number, number>();
    let lastObject = -1;
    let lastStyle = 0;
    let [depthStyle, depthHeight, depth] = [-1, 0, 0];
    const { scratch } = this;
    const rect = scratch >> 2;
    const origin = (scratch + 32) >> 3;
    // Looked up once: they are called for every character.
    const unicodeOf = f._FPDFText_GetUnicode;
    const objectOf = f._FPDFText_GetTextObject;
    const putBox = f._FPDFText_GetLooseCharBox;
    const putOrigin = f._FPDFText_GetCharOrigin;
    for (let i = 0; i < count; i++) {
      code[i] = unicodeOf(text, i) >>> 0;
      const object = objectOf(text, i);
      if (object !== lastObject) {
        lastObject = object;
        const at = known.get(object);
        if (at === undefined) {
          lastStyle = Math.min(styles.length, 65_535);
          if (styles.length <= 65_535) styles.push(this.styleOf(object, text, i, toShown.turn));
          known.set(object, lastStyle);
        } else {
          lastStyle = at;
        }
      }
      style[i] = lastStyle;
      putBox(text, i, scratch);
      // Asked for anew each time: the memory moves when it grows.
      const floats = f.HEAPF32;
      toShown.box(floats[rect]!, floats[rect + 1]!, floats[rect + 2]!, floats[rect + 3]!, box, i);
      const height = box[4 * i + 3]! - box[4 * i + 1]!;
      if (lastStyle === depthStyle && Math.abs(height - depthHeight) < 0.01) {
        // Boxes of one font reach equally far below the baseline, if they are equally high.
        baseline[i] = box[4 * i + 3]! - depth;
        continue;
      }
      putOrigin(text, i, scratch + 32, scratch + 40);
      const doubles = f.HEAPF64;
      baseline[i] = toShown.y(doubles[origin]!, doubles[origin + 1]!);
      depth = box[4 * i + 3]! - baseline[i]!;
      [depthStyle, depthHeight] = [lastStyle, height];
    }
    const glyphs: PageGlyphs = {
      widthPt: toShown.width,
      heightPt: toShown.height,
      count,
      code,
      box,
      baseline,
      style,
      styles,
      isHidden: new Uint8Array(count),
      isScan: false,
    };
    hiddenStyles(glyphs, (): Painted[] => paintedAreas(f, page, this.scratch, toShown.box));
    return glyphs;
  }

  private styleOf(object: number, text: number, index: number, turn: number): Style {
    const { f } = this.pdfium;
    if (object === 0) {
      return {
        size: 0,
        font: '',
        isBold: false,
        isItalic: false,
        angle: 0,
        isInvisible: false,
        isWhite: false,
      };
    }
    const at = this.scratch >> 2;
    f._FPDFTextObj_GetFontSize(object, this.scratch);
    const nominal = f.HEAPF32[at]!;
    f._FPDFText_GetMatrix(text, index, this.scratch);
    const [a, b, c, d] = [
      f.HEAPF32[at]!,
      f.HEAPF32[at + 1]!,
      f.HEAPF32[at + 2]!,
      f.HEAPF32[at + 3]!,
    ];
    const size = Math.abs(nominal) * Math.hypot(c, d);
    // Counter-clockwise in the file's axes; a page may be shown turned.
    const degrees = Math.round((-Math.atan2(b, a) * 180) / Math.PI);
    const mode = f._FPDFTextObj_GetTextRenderMode(object);
    const s = this.scratch;
    const hasColour = f._FPDFPageObj_GetFillColor(object, s, s + 4, s + 8, s + 12) !== 0;
    const [red, green, blue, alpha] = four(f.HEAPU32, at);
    const isStroked = mode === 1 || mode === 2 || mode === 5 || mode === 6;
    const font = this.fontOf(f._FPDFTextObj_GetFont(object));
    return {
      size,
      font: font.name,
      isBold: font.isBold,
      isItalic: font.isItalic,
      angle: (((degrees + turn) % 360) + 360) % 360,
      isInvisible: mode === 3 || mode === 7 || (hasColour && alpha < 8 && !isStroked),
      isWhite: hasColour && !isStroked && Math.min(red, green, blue) >= 247,
    };
  }

  private fontOf(font: number): { name: string; isBold: boolean; isItalic: boolean } {
    const known = this.fonts.get(font);
    if (known) return known;
    const { f } = this.pdfium;
    let found = { name: '', isBold: false, isItalic: false };
    if (font !== 0) {
      const bytes = Math.min(f._FPDFFont_GetBaseFontName(font, this.scratch + 64, 128), 128);
      const raw = f.HEAPU8.subarray(this.scratch + 64, this.scratch + 64 + Math.max(0, bytes - 1));
      const name = Buffer.from(raw)
        .toString('latin1')
        .replace(/^[A-Z]{6}\+/, '');
      const flags = f._FPDFFont_GetFlags(font);
      found = {
        name,
        isBold:
          BOLD_NAME.test(name) ||
          (flags !== -1 && (flags & FORCE_BOLD_FLAG) !== 0) ||
          f._FPDFFont_GetWeight(font) >= 600,
        isItalic: ITALIC_NAME.test(name) || (flags !== -1 && (flags & ITALIC_FLAG) !== 0),
      };
    }
    this.fonts.set(font, found);
    return found;
  }

  /** From the file's axes to the page as shown: turned, cropped, y downwards. */
  private transform(page: number): Transform {
    const { f } = this.pdfium;
    const width = f._FPDF_GetPageWidthF(page);
    const height = f._FPDF_GetPageHeightF(page);
    const quarter = f._FPDFPage_GetRotation(page) & 3;
    const at = this.scratch >> 2;
    let [left, top, right, bottom] = [0, height, width, 0];
    if (f._FPDF_GetPageBoundingBox(page, this.scratch) !== 0) {
      [left, top, right, bottom] = four(f.HEAPF32, at);
    }
    // x' = a·x + b·y + c, y' = d·x + e·y + g
    const [a, b, c, d, e, g] = (
      [
        [1, 0, -left, 0, -1, top],
        [0, 1, -bottom, 1, 0, -left],
        [-1, 0, right, 0, 1, -bottom],
        [0, -1, top, -1, 0, right],
      ] as const
    )[quarter as 0 | 1 | 2 | 3];
    return {
      width,
      height,
      turn: quarter * 90,
      y: (x, y) => d * x + e * y + g,
      box(x0, y1, x1, y0, into, index) {
        const [ax, ay] = [a * x0 + b * y0 + c, d * x0 + e * y0 + g];
        const [bx, by] = [a * x1 + b * y1 + c, d * x1 + e * y1 + g];
        into[4 * index] = Math.min(ax, bx);
        into[4 * index + 1] = Math.min(ay, by);
        into[4 * index + 2] = Math.max(ax, bx);
        into[4 * index + 3] = Math.max(ay, by);
      },
    };
  }
}

const four = (values: ArrayLike<number>, at: number) =>
  [values[at]!, values[at + 1]!, values[at + 2]!, values[at + 3]!] as [
    number,
    number,
    number,
    number,
  ];

interface Transform {
  width: number;
  height: number;
  turn: number;
  y(x: number, y: number): number;
  box: BoxInto;
}
