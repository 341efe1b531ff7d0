/** The words of the library. Browser-safe. */
import { z } from 'zod';
import { authorSchema } from './reading';

export const PAPER_LIMITS = {
  fileBytes: 100_000_000,
  pages: 2_000,
  /** Files that one drop may bring. */
  slots: 500,
  /** DOIs and arXiv ids taken at a time. */
  identifiers: 200,
  selection: 500,
  tags: 50,
} as const;

/** In the order in which a paper goes through them. */
export const PROCESSING_STATUSES = [
  'pending',
  'parsing',
  'indexing',
  'ready',
  'partial',
  'failed',
] as const;
export type ProcessingStatus = (typeof PROCESSING_STATUSES)[number];
export const isUnfinished = (status: ProcessingStatus): boolean =>
  status === 'pending' || status === 'parsing' || status === 'indexing';

/** Steps of a paper's job. */
export const PAPER_STEPS = ['fetch', 'parse', 'index', 'correct'] as const;
export type PaperStep = (typeof PAPER_STEPS)[number];

export const PAPER_SOURCES = ['upload', 'doi', 'arxiv'] as const;
export type PaperSource = (typeof PAPER_SOURCES)[number];

/** Fields that are read, corrected and edited one by one. */
export const PAPER_FIELDS = [
  'title',
  'authors',
  'abstract',
  'year',
  'venue',
  'doi',
  'arxivId',
  'articleDoi',
] as const;
export type PaperField = (typeof PAPER_FIELDS)[number];

/** Where a field's value comes from: pages of the file, what the file says of itself, a source, a person. */
export const ORIGINS = [
  'page',
  'file',
  'crossref',
  'arxiv',
  'semanticscholar',
  'submission',
  'person',
] as const;
export type Origin = (typeof ORIGINS)[number];
export interface FieldOrigin {
  from: Origin;
  /** ISO time (UTC). */
  at: string;
  /** Of a person: who. */
  by?: string;
  /** Of a source: the address that was asked. */
  url?: string;
}
export type FieldOrigins = Partial<Record<PaperField, FieldOrigin>>;

const doi = z
  .string()
  .trim()
  .toLowerCase()
  .transform((v) => v.replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/, ''))
  .pipe(z.string().regex(/^10\.\d{4,9}\/\S+$/, 'is not a DOI, such as 10.1038/s41586-020-2649-2'));
const arxivId = z
  .string()
  .trim()
  .transform((v) => v.replace(/^(https?:\/\/arxiv\.org\/(abs|pdf)\/|arxiv:)/i, ''))
  .transform((v) => v.replace(/(v\d+)?(\.pdf)?$/i, ''))
  .pipe(
    z
      .string()
      .regex(
        /^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})$/,
        'is not an arXiv id, such as 2106.01345',
      ),
  );
const emptyAsNull = <T extends z.ZodType>(type: T) =>
  z.preprocess((v) => (typeof v === 'string' && v.trim() === '' ? null : v), type.nullable());

/** What a person may say of a paper; what is left out stays as it is. */
export const paperEdit = z
  .object({
    title: z.string().trim().min(1).max(1_000),
    authors: z.array(authorSchema).max(5_000),
    abstract: emptyAsNull(z.string().trim().max(50_000)),
    year: z.number().int().min(1500).max(2200).nullable(),
    venue: emptyAsNull(z.string().trim().max(500)),
    doi: emptyAsNull(doi),
    arxivId: emptyAsNull(arxivId),
    articleDoi: emptyAsNull(doi),
  })
  .partial();
export type PaperEdit = z.input<typeof paperEdit>;

export const tag = z.string().trim().min(1).max(60);

export type Identifier = { kind: 'doi' | 'arxiv'; id: string };
export type ReadIdentifier = { text: string } & ({ identifier: Identifier } | { identifier: null });

/**
 * DOIs and arXiv ids of a text, one a line or parted by blanks and commas, each once. What is neither
 * comes back with null, so that it can be shown.
 */
export function readIdentifiers(text: string): ReadIdentifier[] {
  const seen = new Set<string>();
  const found: ReadIdentifier[] = [];
  const words = text.replace(/\b(arxiv|doi):\s+/gi, '$1:').split(/[\s,;]+/);
  for (const word of words) {
    const text = word.replace(/^[<("'[]+|[>)"'\].]+$/g, '');
    if (text === '') continue;
    const identifier = readIdentifier(text) ?? readIdentifier(word);
    const key = identifier ? `${identifier.kind}:${identifier.id}` : text;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push({ text, identifier });
  }
  return found;
}

/** arXiv registers a DOI for each of its papers: doi.org/10.48550/arXiv.2106.01345. */
const ARXIV_DOI = '10.48550/arxiv.';

export function readIdentifier(text: string): Identifier | null {
  const asDoi = doi.safeParse(text);
  if (asDoi.success && !asDoi.data.startsWith(ARXIV_DOI)) return { kind: 'doi', id: asDoi.data };
  const asArxiv = arxivId.safeParse(asDoi.success ? asDoi.data.slice(ARXIV_DOI.length) : text);
  return asArxiv.success ? { kind: 'arxiv', id: asArxiv.data } : null;
}

/** Why a paper that is being added is known already. */
export interface Duplicate {
  kind: 'same-file' | 'same-doi' | 'same-arxiv' | 'preprint-of' | 'article-of';
  paperId: string;
  title: string;
  inBin: boolean;
}

/** What became of a file or an identifier. */
export interface Added {
  paperId: string;
  title: string;
  /** Null where only the duplicate was looked at. */
  processingStatus: ProcessingStatus | null;
  /** False when the paper was here before; `duplicate` then says why. */
  isNew: boolean;
  duplicate: Duplicate | null;
}

/** What became of a line that was pasted. */
export type AddedIdentifier = { text: string } & (
  | { added: Added; problem: null }
  | { added: null; problem: string }
);

export const paperFilter = z.object({
  /** Words of title, authors, DOI, arXiv id or file name. */
  search: z.string().trim().max(300).optional(),
  status: z.array(z.enum(PROCESSING_STATUSES)).optional(),
  tags: z.array(tag).optional(),
  author: z.string().max(300).optional(),
  yearFrom: z.number().int().optional(),
  yearTo: z.number().int().optional(),
  /** Shows what lies in the bin instead. */
  bin: z.boolean().default(false),
  sort: z.enum(['added', 'title', 'year']).default('added'),
  offset: z.number().int().min(0).max(100_000).default(0),
  limit: z.number().int().min(1).max(200).default(50),
});
export type PaperFilter = z.input<typeof paperFilter>;

export const EXPORT_FORMATS = ['bibtex', 'ris', 'csl-json', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
