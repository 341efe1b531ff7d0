/** Pieces for searching: whole sentences of one section, 200 to 300 words where the section allows. */
import {
  type ChunkDraft,
  joinPlaces,
  type PagePlace,
  type PageRead,
  type SectionKind,
  type SentencePlace,
} from '@/server/papers/reading';
import { sentencesOf } from './sentences';

const TARGET_WORDS = 250;
/** Sections up to so many words stay whole. */
const WHOLE_WORDS = 330;
/** References and affiliations are listed, not searched: they answer nothing. */
const LEFT_OUT: ReadonlySet<SectionKind> = new Set(['references', 'front']);

interface Flow {
  section: SectionKind;
  heading: string | null;
  places: PagePlace[];
  isCaption?: true;
}

interface Sentence {
  places: PagePlace[];
  words: number;
}

export function chunksOf(pages: readonly PageRead[]): ChunkDraft[] {
  const textAt = ({ page, start, end }: PagePlace) => pages[page - 1]?.text.slice(start, end) ?? '';
  const drafts: Omit<ChunkDraft, 'position'>[] = [];
  for (const { section, heading, places, isCaption } of flowsOf(pages)) {
    const sentences = sentencesIn(places, textAt);
    for (const group of grouped(sentences)) {
      const own = group.flatMap((sentence) => sentence.places);
      const joined = joinedPlaces(own, textAt);
      drafts.push({
        section,
        heading,
        places: joined,
        text: joinPlaces(joined.map(textAt)),
        sentences: group.flatMap(({ places: parts }) =>
          parts.map(
            (place, at): SentencePlace => ({
              ...place,
              ...(at < parts.length - 1 && { continues: true }),
              ...(isCaption && { caption: true }),
            }),
          ),
        ),
      });
    }
  }
  return drafts.map((draft, position) => ({ position, ...draft }));
}

/** Running text under each heading; captions by themselves, each a flow of its own. */
function flowsOf(pages: readonly PageRead[]): Flow[] {
  const flows: Flow[] = [];
  let open: Flow | null = null;
  const captions: Flow[] = [];
  const close = () => {
    if (open !== null && open.places.length > 0) flows.push(open);
    flows.push(...captions.splice(0));
    open = null;
  };
  for (const { number, blocks, text } of pages) {
    for (const block of blocks) {
      if (LEFT_OUT.has(block.section)) {
        close();
        continue;
      }
      const place = { page: number, start: block.start, end: block.end };
      if (block.kind === 'heading') {
        close();
        open = { section: block.section, heading: text.slice(block.start, block.end), places: [] };
      } else if (block.kind === 'caption') {
        captions.push({
          section: block.section,
          heading: open?.heading ?? null,
          places: [place],
          isCaption: true,
        });
      } else if (block.kind === 'paragraph') {
        if (open === null || open.section !== block.section) {
          close();
          open = { section: block.section, heading: null, places: [] };
        }
        open.places.push(place);
      }
    }
  }
  close();
  return flows;
}

/** A place that does not end a sentence reads on in the next, if that begins amid one. */
function sentencesIn(
  places: readonly PagePlace[],
  textAt: (place: PagePlace) => string,
): Sentence[] {
  const sentences: Sentence[] = [];
  let run: PagePlace[] = [];
  const close = () => {
    if (run.length > 0) sentences.push(...sentencesOfRun(run, textAt));
    run = [];
  };
  for (const place of places) {
    const last = run.at(-1);
    if (last !== undefined && !readsOn(textAt(last), textAt(place))) close();
    run.push(place);
  }
  close();
  return sentences;
}

const readsOn = (before: string, text: string) =>
  !/[.!?:。！？]["”’)\]]*\d{0,3}$/u.test(before) && /^[\p{Ll}\d(“"‘[]/u.test(text);

function sentencesOfRun(
  run: readonly PagePlace[],
  textAt: (place: PagePlace) => string,
): Sentence[] {
  let joined = '';
  const pieces = run.map((place) => {
    const text = textAt(place);
    const before = joined;
    joined = joinPlaces([before, text]);
    return { place, from: joined.length - text.length };
  });
  return sentencesOf(joined).map(([start, end]) => ({
    places: pieces.flatMap(({ place, from }, at) => {
      const next = pieces[at + 1];
      // The hyphen of a word broken over two places stands in the first of them.
      const isBroken = next !== undefined && next.from < from + (place.end - place.start);
      const to = isBroken ? next.from : from + (place.end - place.start);
      if (end <= from || start >= to) return [];
      const own = {
        page: place.page,
        start: place.start + Math.max(0, start - from),
        end: end > to || (end === to && isBroken) ? place.end : place.start + end - from,
      };
      return own.end > own.start ? [{ ...own, end: Math.min(own.end, place.end) }] : [];
    }),
    words: joined.slice(start, end).split(/\s+/).length,
  }));
}

/** Even shares of about the target, never parting a sentence. */
function grouped(sentences: readonly Sentence[]): Sentence[][] {
  const total = sentences.reduce((sum, { words }) => sum + words, 0);
  if (sentences.length === 0) return [];
  if (total <= WHOLE_WORDS) return [[...sentences]];
  const share = total / Math.round(total / TARGET_WORDS);
  const groups: Sentence[][] = [];
  let open: Sentence[] = [];
  let count = 0;
  let due = share;
  for (const sentence of sentences) {
    // Whichever side of the due place the sentence has more of.
    if (open.length > 0 && count + sentence.words / 2 > due) {
      groups.push(open);
      open = [];
      due += share;
    }
    open.push(sentence);
    count += sentence.words;
  }
  groups.push(open);
  return groups;
}

/** Places that only space parts become one. */
function joinedPlaces(
  places: readonly PagePlace[],
  textAt: (place: PagePlace) => string,
): PagePlace[] {
  const joined: PagePlace[] = [];
  for (const place of places) {
    const last = joined.at(-1);
    const isNext =
      last !== undefined &&
      last.page === place.page &&
      last.end <= place.start &&
      textAt({ page: last.page, start: last.end, end: place.start }).trim() === '';
    if (isNext) joined[joined.length - 1] = { ...last, end: place.end };
    else joined.push({ ...place });
  }
  return joined;
}
