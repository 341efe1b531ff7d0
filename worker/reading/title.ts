/** The title: the largest words near the top of the first page. */
import { authorsIn } from './authors';
import type { Block } from './blocks';
import type { PageLayout } from './layout';
import type { Body } from './outline';
import { headingText, knownSection } from './section-names';

/** "1.2 Aims" is a part's name. */
const NUMBERED = /^\W*\d+(?:[.-]\d+)*[.\s)-]/;

const BANNER =
  /^(?:(?:original|research|review|short|brief|full|regular|case|technical|special|invited)?\s*(?:research\s*)?(?:articles?|papers?|communications?|reports?|reviews?|letters?|notes?|editorials?|contributions?)|open access|research|review|articles?|letter|editorial|commentary|perspective|preprint|arxiv\b.*|contents lists? available.*|available online.*|journal homepage.*|published by.*|this article.*)$/i;
const JOURNAL =
  /\bjournal of\b|^proceedings|\bISSN\b|www\.|https?:|©|\bvol(?:ume|\.)?\s*\d|\bdoi\b|^\S*@|hindawi|elsevier|springer|\bplos\b.*\|/i;

export interface Title {
  page: number;
  blocks: Block[];
}

/** Null where nothing on the first pages stands out. */
export function titleOf(pages: readonly PageLayout[], body: Body): Title | null {
  for (const page of pages.slice(0, 2)) {
    const found = titleOn(page, body);
    if (found !== null) return found;
  }
  return null;
}

function titleOn(page: PageLayout, body: Body): Title | null {
  const blocks = page.blocks.filter(
    (block) => block.kind !== 'header' && block.kind !== 'footer' && block.kind !== 'caption',
  );
  const groups = groupsOf(blocks).filter((group) => isTitleLike(group, page));
  const [largest] = [...groups].sort((a, b) => sizeOf(b) - sizeOf(a) || topOf(a) - topOf(b));
  if (largest === undefined) return null;
  if (sizeOf(largest) > body.size + 0.8) return { page: page.number, blocks: largest };
  // As large as the text: what stands first, set apart by weight or place.
  const first = groups.find((group) => topOf(group) < 0.4 * page.heightPt);
  if (first === undefined) return null;
  const next = blocks[blocks.indexOf(first.at(-1)!) + 1];
  const isSigned = next !== undefined && authorsIn([next]) !== null;
  return isSigned ? { page: page.number, blocks: first } : null;
}

/** Names with what parts them; a title's own words rarely are. */
function looksLikeAuthors(block: Block): boolean {
  const text = block.text;
  const found = authorsIn([block]);
  return found !== null && (found.authors.length > 1 || /\d|[*†]/.test(text));
}

/** Blocks of the same letters, one under the other. */
function groupsOf(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1)?.at(-1);
    const [above, below] = [last?.lines.at(-1), block.lines[0]!];
    const isSame =
      above !== undefined &&
      Math.abs(above.size - below.size) < 0.4 &&
      above.font === below.font &&
      below.baseline > above.baseline &&
      below.baseline - above.baseline < 2.3 * below.size &&
      !looksLikeAuthors(block);
    if (isSame) groups.at(-1)!.push(block);
    else groups.push([block]);
  }
  return groups;
}

function isTitleLike(group: readonly Block[], page: PageLayout): boolean {
  const text = group
    .map(({ text }) => text)
    .join(' ')
    .trim();
  const letters = (text.match(/\p{L}/gu) ?? []).length;
  const compact = text.replace(/\s/g, '');
  if (letters < 8 || letters < 0.6 * compact.length || text.length > 350) return false;
  if (topOf(group) > 0.65 * page.heightPt) return false;
  // Letters set apart ("R EVI EW") are a banner.
  const words = text.split(/\s+/);
  const short = words.filter((word) => /^[A-Z]{1,3}$/.test(word)).length;
  if (words.length > 2 && short > 0.4 * words.length) return false;
  if (NUMBERED.test(text)) return false;
  if (BANNER.test(text.replace(/\s+/g, ' ')) || BANNER.test(compact)) return false;
  return !JOURNAL.test(text) && knownSection(headingText(text)) === null;
}

const sizeOf = (group: readonly Block[]) => group[0]!.lines[0]!.size;
const topOf = (group: readonly Block[]) => group[0]!.lines[0]!.top;
