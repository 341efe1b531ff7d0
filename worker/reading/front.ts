/** What the first pages say before the paper proper begins: title, authors, abstract. */
import { authorsIn, type FoundAuthors } from './authors';
import type { Block } from './blocks';
import type { PageLayout } from './layout';
import { type Body, NUMBERED_HEADING } from './outline';
import { headingText, knownSection } from './section-names';
import { type Title, titleOf } from './title';

export interface Front {
  title: Title | null;
  authors: FoundAuthors | null;
  /** Its label ("Abstract.") may stand at the start of the first block. */
  abstract: Block[];
}

/** Also gives title, front matter and abstract their kind and section. */
export function frontOf(pages: readonly PageLayout[], body: Body): Front {
  const title = titleOf(pages, body);
  const from = title === null ? 0 : pages.findIndex((page) => page.number === title.page);
  const blocks = pages
    .slice(from, from + 2)
    .flatMap((page) => page.blocks)
    .filter((block) => block.kind !== 'header' && block.kind !== 'footer');
  const after = title === null ? 0 : blocks.indexOf(title.blocks.at(-1)!) + 1;
  const rest = blocks.slice(after);
  const isTitled = title !== null;
  const abstract = abstractIn(rest, isTitled);
  const end = rest.findIndex((block) => block === abstract[0] || isMain(block) || isLong(block));
  const zone = end === -1 ? [] : rest.slice(0, end);
  const authors = isTitled ? (authorsIn(zone) ?? listedAuthors(rest, title.page)) : null;

  for (const block of title?.blocks ?? []) block.kind = 'title';
  for (const block of abstract) Object.assign(block, { kind: 'paragraph', section: 'abstract' });
  const hasEnd = end !== -1 && (abstract.length > 0 || isMain(rest[end]!));
  settleFront(pages, hasEnd ? [...blocks.slice(0, after), ...zone] : (title?.blocks ?? []));
  return { title, authors, abstract };
}

/** Authors who stand beside or under the abstract, if several are listed together. */
function listedAuthors(blocks: readonly Block[], page: number): Front['authors'] {
  const found = authorsIn(
    blocks.filter((block) => block.page === page && block.kind !== 'heading' && !isLong(block)),
  );
  return found !== null && found.authors.length > 1 && found.lines.length <= 3 ? found : null;
}

/** What is not front matter belongs to the paper, named or not; nothing in the front is a heading. */
function settleFront(pages: readonly PageLayout[], front: readonly Block[]): void {
  const own = new Set(front);
  for (const block of own) {
    block.section = 'front';
    if (block.kind === 'heading' && !isAbstractName(block)) block.kind = 'other';
  }
  for (const block of pages.flatMap((page) => page.blocks)) {
    if (block.section === 'front' && !own.has(block)) block.section = 'other';
  }
}

const isAbstractName = (block: Block) => knownSection(headingText(block.text)) === 'abstract';

const wordsIn = (block: Block) => block.lines.reduce((sum, line) => sum + line.words.length, 0);
const isLong = (block: Block) => isRunningText(block, 70);

/** Words that begin small: a list of forty authors is as long, but no text. */
function isRunningText(block: Block, words: number): boolean {
  if (block.kind !== 'paragraph' || wordsIn(block) < words || isNotice(block)) return false;
  const all = block.lines.flatMap((line) => line.words);
  const small = all.filter(({ text }) => /^\P{Lu}*\p{Ll}/u.test(text) || !/\p{Lu}/u.test(text));
  return small.filter(({ text }) => /\p{L}/u.test(text)).length >= 0.5 * all.length;
}

function isMain(block: Block): boolean {
  if (block.kind !== 'heading') return false;
  const kind = knownSection(headingText(block.text));
  return (
    kind === 'introduction' ||
    kind === 'abstract' ||
    kind === 'background' ||
    NUMBERED_HEADING.test(block.text)
  );
}

export const ABSTRACT_LABEL =
  /^(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|zusammenfassung)\b\s*[.:—–-]*\s*/i;
const KEYWORDS =
  /^(?:key\s?-?words?|index terms|ccs concepts|categories and subject|general terms|author keywords|acm (?:classification|reference)|pacs\b|msc\b|jel\b|arxiv eprint|subject|abbreviations)/i;
const NOTICE =
  /^(?:copyright|©|received|accepted|correspond|\*|this is an open access|academic editor|published|permission|e-?mail|doi|https?:|licen|cite this|to cite|available online|article info)/i;

const isNotice = (block: Block) => NOTICE.test(block.text);

function abstractIn(blocks: readonly Block[], isTitled: boolean): Block[] {
  const at = blocks.findIndex((block) => ABSTRACT_LABEL.test(block.text) && !isSentence(block));
  if (at !== -1) {
    const isAlone = blocks[at]!.text.replace(ABSTRACT_LABEL, '').trim() === '';
    const found = running(blocks.slice(isAlone ? at + 1 : at));
    if (found.length > 0) return found;
  }
  if (!isTitled) return [];
  // Without a name: running text before the first heading, set apart from what follows.
  const heading = blocks.findIndex(isMain);
  const before = heading === -1 ? blocks : blocks.slice(0, heading);
  const first = before.findIndex((block) => isRunningText(block, 40));
  if (first === -1) return [];
  const found = running(before.slice(first));
  const isApart = heading !== -1 || before.length > first + found.length;
  return isApart && found.reduce((sum, block) => sum + wordsIn(block), 0) < 600 ? found : [];
}

/** "Summary statistics were computed" is no label. */
const isSentence = (block: Block) =>
  /^(?:summary|abstract)\s+\p{Ll}/u.test(block.text) ||
  (block.kind !== 'heading' && /^summary of\b/i.test(block.text));

/** As long as the letters stay the same: up to keywords, a heading, another size. */
function running(blocks: readonly Block[]): Block[] {
  const found: Block[] = [];
  const labels = new Set<string>();
  let words = 0;
  for (const block of blocks) {
    if (KEYWORDS.test(block.text)) break;
    const first = found.find(({ kind }) => kind !== 'heading');
    if (block.kind === 'heading') {
      // A structured abstract begins with a label; the paper's own part of that name ends it.
      const label = headingText(block.text);
      const isStructured = found.length === 0 || found[0]!.kind === 'heading';
      if (!isStructured || !PART_LABEL.test(label) || labels.has(label)) break;
      labels.add(label);
    } else if (block.kind === 'caption' || block.kind === 'table' || block.kind === 'footnote') {
      continue;
    } else if (isNotice(block)) {
      if (first !== undefined) break;
      continue;
    } else if (first !== undefined && !isSetAlike(first, block)) break;
    found.push(block);
    words += wordsIn(block);
    if (words > 600) break;
  }
  while (found.at(-1)?.kind === 'heading') found.pop();
  return found;
}

const PART_LABEL =
  /^(?:background|introduction|objectives?|aims?|purpose|context|importance|rationale|design|setting|participants|patients|interventions?|(?:main )?(?:outcomes?|measure\w*|outcome measures?)|methods?.*|materials? and methods|results?|findings|conclusions?|interpretation|significance|discussion|funding|limitations|trial registration)$/;

function isSetAlike(first: Block, block: Block): boolean {
  const [one, other] = [first.lines[0]!, block.lines[0]!];
  if (Math.abs(one.size - other.size) > 0.4) return false;
  return first.lines.some((a) => block.lines.some((b) => a.font === b.font));
}
