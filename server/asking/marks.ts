/** A passage to be highlighted, as it stands in an address. Browser-safe. */
import { z } from 'zod';
import type { PaperCitation } from './schema';

const offset = z.number().int().min(0).max(10_000_000);

export const markSchema = z.object({
  page: z.number().int().min(1).max(100_000),
  start: offset,
  end: offset,
  /** Of the page's text, or its beginning: the text that the offsets are of. */
  textSha256: z.string().regex(/^[0-9a-f]{12,64}$/),
});
export type Mark = z.infer<typeof markSchema>;

const HASH_CHARACTERS = 12;

export const markOf = ({ page, start, end, pageTextSha256 }: PaperCitation): Mark => ({
  page,
  start,
  end,
  textSha256: pageTextSha256,
});

/** `3.120.240.ab12cd34ef56`: page, offsets and the beginning of the page text's hash. */
export const formatMark = ({ page, start, end, textSha256 }: Mark): string =>
  [page, start, end, textSha256.slice(0, HASH_CHARACTERS)].join('.');

/** Null for what is no mark. */
export function parseMark(text: string): Mark | null {
  const [page, start, end, textSha256, ...rest] = text.split('.');
  if (rest.length > 0) return null;
  const read = markSchema.safeParse({
    page: Number(page),
    start: Number(start),
    end: Number(end),
    textSha256,
  });
  return read.success ? read.data : null;
}

/** The page of a paper on which a passage is highlighted, among others of the same paper. */
export function markedAddress(paperId: string, marks: readonly Mark[], at = 0): string {
  const query = new URLSearchParams();
  query.set('page', String(marks[at]?.page ?? 1));
  for (const mark of marks) query.append('mark', formatMark(mark));
  if (at > 0) query.set('at', String(at + 1));
  return `/papers/${paperId}?${query}`;
}
