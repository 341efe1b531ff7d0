/** Draws structures as SVG that is safe to put inside a page. */
import type { Mol } from '@rdkit/rdkit';
import { EngineOverflow, withRdkit } from './rdkit';
import { parseStructure } from './structure';

export interface Depiction {
  widthPx: number;
  heightPx: number;
  theme: 'light' | 'dark' | 'print';
  /** Title for people who cannot see it; the formula is added. */
  name?: string;
}

/** More atoms make a picture that says nothing and takes seconds to draw (measured: 500 take 1.4 s). */
const MAX_DRAWN_ATOMS = 250;

type Colour = [red: number, green: number, blue: number];
type Palette = Record<string, Colour>;

// Colours by atomic number, from 0 to 1; -1 is any other element. Dark bonds
// on light paper and the reverse, with contrast of at least 4.5:1 on the ground of either theme.
const LIGHT: Palette = {
  '-1': [0.11, 0.12, 0.14],
  6: [0.11, 0.12, 0.14],
  7: [0.1, 0.29, 0.75],
  8: [0.72, 0.11, 0.11],
  9: [0.05, 0.45, 0.2],
  15: [0.65, 0.33, 0],
  16: [0.52, 0.4, 0],
  17: [0.05, 0.45, 0.2],
  35: [0.5, 0.2, 0.1],
  53: [0.4, 0.1, 0.5],
};
const DARK: Palette = {
  '-1': [0.89, 0.9, 0.92],
  6: [0.89, 0.9, 0.92],
  7: [0.55, 0.7, 1],
  8: [1, 0.55, 0.5],
  9: [0.45, 0.85, 0.55],
  15: [1, 0.7, 0.35],
  16: [0.9, 0.8, 0.35],
  17: [0.45, 0.85, 0.55],
  35: [0.9, 0.6, 0.5],
  53: [0.8, 0.6, 0.95],
};
const BLACK: Colour = [0, 0, 0];
const INK: Record<Depiction['theme'], Palette> = {
  light: LIGHT,
  dark: DARK,
  // RDKit mixes a given palette with its own: each colour has to be replaced.
  print: Object.fromEntries(Object.keys(LIGHT).map((atom) => [atom, BLACK])),
};

/**
 * An `<svg>` element with title and description, without scripts, styles or outside
 * references. A structure that cannot be drawn gives a picture that says why.
 */
export async function depict(smiles: string, depiction: Depiction): Promise<string> {
  const parsed = await parseStructure(smiles);
  if (!parsed.ok) return notice(depiction, parsed.message);
  const { canonicalSmiles, formula, atomCount } = parsed.structure;
  if (atomCount > MAX_DRAWN_ATOMS) {
    return notice(depiction, `Too large to draw: ${atomCount} atoms, at most ${MAX_DRAWN_ATOMS}.`);
  }
  const title = depiction.name ? `${depiction.name}, ${formula}` : formula;
  try {
    const drawn = await withRdkit((rdkit) => {
      const mol = rdkit.get_mol(canonicalSmiles);
      if (!mol) return null;
      try {
        return drawing(mol, depiction);
      } finally {
        mol.delete();
      }
    });
    if (drawn === null) return notice(depiction, 'This structure cannot be drawn.');
    return wrap(depiction, title, `Structure drawn from the SMILES ${canonicalSmiles}`, drawn);
  } catch (error) {
    if (!(error instanceof EngineOverflow)) throw error;
    return notice(depiction, 'This structure is too large to draw.');
  }
}

/** The drawing's paths alone. */
function drawing(mol: Mol, { widthPx, heightPx, theme }: Depiction): string {
  const palette = INK[theme];
  const svg = mol.get_svg_with_highlights(
    JSON.stringify({
      width: widthPx,
      height: heightPx,
      clearBackground: false,
      bondLineWidth: 1.4,
      scaleBondWidth: false,
      padding: 0.06,
      fixedBondLength: 28,
      atomColourPalette: palette,
      symbolColour: palette['-1'],
    }),
  );
  const paths = svg.match(/<(?:path|ellipse|polygon|text)\b[^>]*?(?:\/>|>[^<]*<\/\w+>)/g) ?? [];
  return paths.map(withoutStyle).join('');
}

/** RDKit's inline styles as attributes: a page's content policy may forbid the former. */
function withoutStyle(path: string): string {
  return path
    .replace(/\s+class='[^']*'/g, '')
    .replace(/\s+style='([^']*)'/, (_, style: string) =>
      style
        .split(';')
        .map((rule) => rule.split(':').map((part) => part.trim()))
        .filter(([name, value]) => name && value && !DEFAULTS.has(`${name}:${value}`))
        .map(([name, value]) => ` ${name}="${value}"`)
        .join(''),
    )
    .replace(/\s+\/>$/, '/>');
}

const DEFAULTS = new Set([
  'fill-rule:evenodd',
  'stroke-linecap:butt',
  'stroke-linejoin:miter',
  'stroke-opacity:1',
  'opacity:1.0',
]);

function notice(depiction: Depiction, message: string): string {
  const colour = depiction.theme === 'dark' ? '#e3e5ea' : '#1c1f24';
  const text = `<text x="50%" y="50%" text-anchor="middle" dominant-baseline="middle" font-family="sans-serif" font-size="12" fill="${colour}">No drawing</text>`;
  return wrap(depiction, message, message, text);
}

function wrap(depiction: Depiction, title: string, description: string, content: string): string {
  const { widthPx, heightPx } = depiction;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}">` +
    `<title>${escapeText(title)}</title><desc>${escapeText(description)}</desc>${content}</svg>`
  );
}

function escapeText(text: string): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
