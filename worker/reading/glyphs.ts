/** The characters of a page with their boxes, in the file's order. */

/** What all characters of one text object share. */
export interface Style {
  /** Points, as shown. */
  size: number;
  font: string;
  isBold: boolean;
  isItalic: boolean;
  /** Degrees clockwise as shown: 0 for ordinary text. */
  angle: number;
  /** Invisible by render mode or full transparency. */
  isInvisible: boolean;
  isWhite: boolean;
}

/** Numbers of glyph i stand at [4i..4i+3] of `box`: left, top, right, bottom in points from the top left. */
export interface PageGlyphs {
  widthPt: number;
  heightPt: number;
  count: number;
  code: Uint32Array;
  box: Float32Array;
  baseline: Float32Array;
  style: Uint16Array;
  styles: Style[];
  isHidden: Uint8Array;
  /** The text lies, invisible, over a picture of the page. */
  isScan: boolean;
}

/** Writes a box as it is shown: left, top, right, bottom from `index` on. */
export type BoxInto = (
  left: number,
  top: number,
  right: number,
  bottom: number,
  into: Float32Array,
  index: number,
) => void;
