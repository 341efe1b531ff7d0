/** References of chosen papers for other programs, through the same master as those of reports. */
import { asc, inArray, sql } from 'drizzle-orm';
import { papers } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import type { CslItem } from '@/server/reports/csl';
import { csvCell, toBibtex, toCslJson, toRis } from '@/server/reports/exports';
import type { Author } from './reading';
import type { ExportFormat } from './schema';

export interface ExportedPaper {
  id: string;
  title: string;
  authors: Author[];
  abstract: string | null;
  year: number | null;
  venue: string | null;
  doi: string | null;
  arxivId: string | null;
  tags: string[];
  pageCount: number | null;
  processingStatus: string;
  fileHash: string | null;
  createdAt: Date;
}

/** The chosen papers as one file, in the order of their titles. Throws NOT_FOUND when none is here. */
export async function exportPapers({
  ctx,
  paperIds,
  format,
}: {
  ctx: Ctx;
  paperIds: string[];
  format: ExportFormat;
}): Promise<{ content: string; contentType: string; extension: string }> {
  authorise(ctx, 'paper.read');
  const rows: ExportedPaper[] = await inWorkspace(ctx, (tx) =>
    tx
      .select({
        id: papers.id,
        title: papers.title,
        authors: sql<Author[]>`${papers.authors}`,
        abstract: papers.abstract,
        year: papers.year,
        venue: papers.venue,
        doi: papers.doi,
        arxivId: papers.arxivId,
        tags: papers.tags,
        pageCount: papers.pageCount,
        processingStatus: papers.processingStatus,
        fileHash: papers.fileHash,
        createdAt: papers.createdAt,
      })
      .from(papers)
      .where(inArray(papers.id, paperIds))
      .orderBy(asc(papers.title), asc(papers.id)),
  );
  if (rows.length === 0) throw notFound('paper');
  const origin = `Phial, ${rows.length} ${rows.length === 1 ? 'paper' : 'papers'} of the library, ${ctx.now().toISOString().slice(0, 10)}`;
  const items = rows.map(cslOf);
  switch (format) {
    case 'bibtex':
      return file(toBibtex(items, origin), 'application/x-bibtex', 'bib');
    case 'ris':
      return file(toRis(items, origin), 'application/x-research-info-systems', 'ris');
    case 'csl-json':
      return file(toCslJson(items), 'application/vnd.citationstyles.csl+json', 'csl.json');
    case 'csv':
      return file(toPapersCsv(rows), 'text/csv', 'csv');
  }
}

const file = (content: string, type: string, extension: string) => ({
  content,
  contentType: `${type}; charset=utf-8`,
  extension,
});

/** A paper as a CSL item. What is not known is left out. Pure. */
export function cslOf(
  paper: ExportedPaper,
): CslItem<{ paperId: string; fileSha256: string | null }> {
  const { id, title, authors, abstract, year, venue, doi, arxivId, fileHash } = paper;
  const isPreprint = !venue && arxivId !== null;
  const url = addressOf(paper);
  return {
    id: keyOf(paper),
    type: isPreprint ? 'article' : 'article-journal',
    title,
    ...(authors.length > 0 && { author: authors.map(nameOf) }),
    ...(year !== null && { issued: { 'date-parts': [[year]] } }),
    ...(venue && { 'container-title': venue }),
    ...(isPreprint && { publisher: 'arXiv', number: arxivId }),
    ...(doi && { DOI: doi }),
    ...(abstract && { abstract }),
    ...(url && { URL: url }),
    custom: { paperId: id, fileSha256: fileHash },
  };
}

function addressOf({ doi, arxivId }: ExportedPaper): string | null {
  if (doi) return `https://doi.org/${doi}`;
  return arxivId ? `https://arxiv.org/abs/${arxivId}` : null;
}

const nameOf = ({ name, family, given }: Author) =>
  family && given ? { family, given } : { literal: name || family };

/** A key that BibTeX takes and that stays unique: readable, ended by the paper's id. */
function keyOf({ id, title, authors, year }: ExportedPaper): string {
  const first = authors[0];
  const parts = [first?.family || first?.name, year, /\p{L}{4,}/u.exec(title)?.[0]];
  const readable = parts
    .filter(Boolean)
    .join('-')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .slice(0, 50);
  return `${readable || 'paper'}-${id.slice(0, 8)}`.toLowerCase();
}

const COLUMNS: [name: string, of: (paper: ExportedPaper) => string | number | null][] = [
  ['id', (p) => p.id],
  ['title', (p) => p.title],
  ['authors', (p) => p.authors.map(({ name }) => name).join('; ')],
  ['year', (p) => p.year],
  ['venue', (p) => p.venue],
  ['doi', (p) => p.doi],
  ['arxivId', (p) => p.arxivId],
  ['url', addressOf],
  ['tags', (p) => p.tags.join('; ')],
  ['pages', (p) => p.pageCount],
  ['status', (p) => p.processingStatus],
  ['fileSha256', (p) => p.fileHash],
  ['addedAt', (p) => p.createdAt.toISOString()],
  ['abstract', (p) => p.abstract],
];

/** RFC 4180, UTF-8; what is not known is an empty cell. */
export function toPapersCsv(rows: readonly ExportedPaper[]): string {
  const lines = rows.map((row) => COLUMNS.map(([, of]) => csvCell(String(of(row) ?? ''))));
  return [COLUMNS.map(([name]) => name), ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}
