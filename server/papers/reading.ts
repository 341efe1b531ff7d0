/** What reading a PDF yields. Safe in the browser. */
import { z } from 'zod';

/** Raised whenever the same file may give other pages or chunks; citations name the page text's hash. */
export const READER_VERSION = 2;

export const SECTION_KINDS = [
  'front',
  'abstract',
  'introduction',
  'background',
  'methods',
  'results',
  'discussion',
  'conclusion',
  'acknowledgements',
  'references',
  'appendix',
  'other',
] as const;
export const sectionKindSchema = z.enum(SECTION_KINDS);
export type SectionKind = z.infer<typeof sectionKindSchema>;

/** Headers, footers and `other` (formulas, words inside figures, margin notes) are never searched. */
export const BLOCK_KINDS = [
  'title',
  'heading',
  'paragraph',
  'caption',
  'table',
  'footnote',
  'reference',
  'header',
  'footer',
  'other',
] as const;
export const blockKindSchema = z.enum(BLOCK_KINDS);
export type BlockKind = z.infer<typeof blockKindSchema>;

const offset = z.number().int().nonnegative();
const pageNumber = z.number().int().positive();

/** UTF-16 offsets into the text of a page, the end exclusive; pages count from 1. */
export const pagePlaceSchema = z.object({ page: pageNumber, start: offset, end: offset });
export type PagePlace = z.infer<typeof pagePlaceSchema>;

/**
 * `[start, end, x, y, width, height]`: points, from the top left corner of the page as it is shown. A
 * word that was broken over two lines is two entries that meet.
 */
export const pageWordSchema = z.tuple([
  offset,
  offset,
  z.number(),
  z.number(),
  z.number(),
  z.number(),
]);
export type PageWord = z.infer<typeof pageWordSchema>;

export const pageBlockSchema = z.object({
  start: offset,
  end: offset,
  kind: blockKindSchema,
  section: sectionKindSchema,
});
export type PageBlock = z.infer<typeof pageBlockSchema>;

/**
 * One page. `text` holds everything the file says there, in reading order: the lines of a block joined
 * by spaces (of a table by line feeds), blocks parted by an empty line, words broken at a line's end
 * rejoined. Everything else points into it. A page that could not be read has an empty text and a
 * sentence in `error`.
 */
export const pageReadSchema = z.object({
  number: pageNumber,
  widthPt: z.number(),
  heightPt: z.number(),
  text: z.string(),
  /** SHA-256 of the text's UTF-8, lower-case hex. */
  textSha256: z.string(),
  words: z.array(pageWordSchema),
  blocks: z.array(pageBlockSchema),
  /** Text that a reader of the page does not see. */
  hidden: z.array(z.tuple([offset, offset])),
  error: z.string().nullable(),
});
export type PageRead = z.infer<typeof pageReadSchema>;

/** Where a field was found: on a page, or in what the file says about itself. */
export const foundSchema = z.discriminatedUnion('from', [
  z.object({ from: z.literal('page'), places: z.array(pagePlaceSchema).min(1) }),
  z.object({ from: z.literal('file') }),
]);
export type Found = z.infer<typeof foundSchema>;

const field = <T extends z.ZodType>(value: T) => z.object({ value, found: foundSchema }).nullable();

export const authorSchema = z.object({
  name: z.string(),
  family: z.string(),
  given: z.string(),
});
export type Author = z.infer<typeof authorSchema>;

export const paperMetadataSchema = z.object({
  title: field(z.string()),
  authors: field(z.array(authorSchema)),
  abstract: field(z.string()),
  year: field(z.number().int()),
  /** Lower case, without resolver. */
  doi: field(z.string()),
  /** Without version. */
  arxivId: field(z.string()),
});
export type PaperMetadata = z.infer<typeof paperMetadataSchema>;

/** A heading and what stands under it up to the next heading. */
export const paperSectionSchema = z.object({
  kind: sectionKindSchema,
  /** As printed, its number included. */
  heading: z.string(),
  level: z.number().int().min(1),
  /** The heading itself. */
  place: pagePlaceSchema,
});
export type PaperSection = z.infer<typeof paperSectionSchema>;

export const referenceSchema = z.object({
  text: z.string(),
  places: z.array(pagePlaceSchema).min(1),
  label: z.string().nullable(),
  doi: z.string().nullable(),
  arxivId: z.string().nullable(),
  year: z.number().int().nullable(),
});
export type Reference = z.infer<typeof referenceSchema>;

/**
 * A place of one sentence. A sentence that runs over the end of a page or around a figure is several
 * entries in a row; all but its last say that it `continues`. What a figure's or table's caption says is
 * marked: it tells what is seen there, seldom what follows from it.
 */
export const sentencePlaceSchema = pagePlaceSchema.extend({
  continues: z.literal(true).optional(),
  caption: z.literal(true).optional(),
});
export type SentencePlace = z.infer<typeof sentencePlaceSchema>;

/**
 * A piece to be searched: whole sentences of one section. `text` is exactly `joinPlaces` of what
 * stands at its places.
 */
export const chunkDraftSchema = z.object({
  /** From 0, in reading order. */
  position: z.number().int().nonnegative(),
  section: sectionKindSchema,
  heading: z.string().nullable(),
  places: z.array(pagePlaceSchema).min(1),
  text: z.string(),
  sentences: z.array(sentencePlaceSchema).min(1),
});
export type ChunkDraft = z.infer<typeof chunkDraftSchema>;

export const readingReportSchema = z.object({
  readerVersion: z.number().int(),
  pages: z.number().int(),
  /** Numbers of pages that could not be read, and of pages without any text (pictures, blank). */
  unreadable: z.array(pageNumber),
  withoutText: z.array(pageNumber),
  /** Pages whose text lies unseen over a picture: whether both say the same nobody has checked. */
  scanned: z.array(pageNumber),
  hiddenCharacters: z.number().int(),
  /** For a person: "Pages 1–40 read, 41 unreadable." */
  sentence: z.string(),
  tookMs: z.number(),
  peakMemoryBytes: z.number(),
});
export type ReadingReport = z.infer<typeof readingReportSchema>;

export const paperReadSchema = z.object({
  pages: z.array(pageReadSchema),
  metadata: paperMetadataSchema,
  sections: z.array(paperSectionSchema),
  references: z.array(referenceSchema),
  chunks: z.array(chunkDraftSchema),
  report: readingReportSchema,
});
export type PaperRead = z.infer<typeof paperReadSchema>;

/** Why a file gives no paper at all. */
export const READING_FAILURES = [
  'NOT_A_PDF',
  'EMPTY',
  'CORRUPT',
  'PASSWORD_NEEDED',
  'PASSWORD_WRONG',
  'TOO_MANY_PAGES',
  'TOO_LARGE',
  'NO_TEXT',
  'TOO_SLOW',
  'TOO_MUCH_MEMORY',
  'CRASHED',
] as const;
export const readingFailureSchema = z.enum(READING_FAILURES);
export type ReadingFailure = z.infer<typeof readingFailureSchema>;

/** Joins what stands at places that follow each other: by a space, or a word broken over them whole. */
export function joinPlaces(texts: readonly string[]): string {
  return texts.reduce((joined, text) => {
    if (joined === '') return text;
    const isBroken =
      joined.endsWith('-') && /^\p{Ll}/u.test(text) && /\p{L}-$/u.test(joined.slice(-3));
    return isBroken ? joined.slice(0, -1) + text : `${joined} ${text}`;
  }, '');
}
