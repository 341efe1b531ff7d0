/** Reads about papers. Everything is of the actor's workspace; a stranger's paper is not found. */
import { and, asc, between, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { jobs, papers, steps, users } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import { duplicatesOf } from './duplicates';
import { requirePaperId } from './ids';
import type { Author, PaperSection, ReadingReport, Reference } from './reading';
import {
  type Duplicate,
  type FieldOrigins,
  type PaperFilter,
  type ProcessingStatus,
  paperFilter,
} from './schema';

const summaryColumns = {
  id: papers.id,
  source: papers.source,
  processingStatus: papers.processingStatus,
  errorCode: papers.errorCode,
  errorMessage: papers.errorMessage,
  fileHash: papers.fileHash,
  fileName: papers.fileName,
  fileBytes: papers.fileBytes,
  pageCount: papers.pageCount,
  chunkCount: papers.chunkCount,
  title: papers.title,
  authors: sql<Author[]>`${papers.authors}`,
  year: papers.year,
  venue: papers.venue,
  doi: papers.doi,
  arxivId: papers.arxivId,
  tags: papers.tags,
  addedBy: users.name,
  createdAt: papers.createdAt,
  deletedAt: papers.deletedAt,
  /** Last event of the job that reads it: where a live view goes on. */
  seq: jobs.seq,
  /** Pages read so far, while it is being read. */
  pagesRead: sql<number>`coalesce((select s.records from ${steps} s
    where s.job_id = ${papers.id} and s.key = 'parse'), 0)`,
};

export interface PaperSummary {
  id: string;
  source: 'upload' | 'doi' | 'arxiv';
  processingStatus: ProcessingStatus;
  errorCode: string | null;
  errorMessage: string | null;
  fileHash: string | null;
  fileName: string | null;
  fileBytes: number | null;
  pageCount: number | null;
  chunkCount: number;
  title: string;
  authors: Author[];
  year: number | null;
  venue: string | null;
  doi: string | null;
  arxivId: string | null;
  tags: string[];
  addedBy: string | null;
  createdAt: Date;
  deletedAt: Date | null;
  seq: number;
  pagesRead: number;
}

const summaries = (tx: Tx) =>
  tx
    .select(summaryColumns)
    .from(papers)
    .innerJoin(jobs, eq(jobs.id, papers.id))
    .leftJoin(users, eq(users.id, papers.addedBy));

export interface PaperList {
  papers: PaperSummary[];
  total: number;
  /** Counts over all that the search finds, each facet without its own choice. */
  facets: {
    status: { value: ProcessingStatus; n: number }[];
    tags: { value: string; n: number }[];
    years: { value: number; n: number }[];
  };
  /** In the workspace, whatever the filter. */
  inLibrary: number;
  inBin: number;
  unfinished: number;
}

/** A page of the library with its facets. */
export async function listPapers({
  ctx,
  filter: raw = {},
}: {
  ctx: Ctx;
  filter?: PaperFilter;
}): Promise<PaperList> {
  authorise(ctx, 'paper.read');
  const filter = paperFilter.parse(raw);
  const parts = conditions(filter);
  const where = (leaveOut?: keyof typeof parts) =>
    and(
      ...Object.entries(parts).flatMap(([name, part]) => (name === leaveOut ? [] : (part ?? []))),
    );
  return inWorkspace(ctx, async (tx) => {
    const tagOf = sql<string>`unnest(${papers.tags})`;
    const [rows, [total], status, tags, years, [whole]] = await Promise.all([
      summaries(tx)
        .where(where())
        .orderBy(
          ...orders[filter.sort],
          filter.bin ? desc(papers.deletedAt) : desc(papers.createdAt),
          asc(papers.id),
        )
        .limit(filter.limit)
        .offset(filter.offset),
      tx.select({ n: count() }).from(papers).where(where()),
      tx
        .select({ value: papers.processingStatus, n: count() })
        .from(papers)
        .where(where('status'))
        .groupBy(papers.processingStatus),
      tx
        .select({ value: tagOf, n: count() })
        .from(papers)
        .where(where('tags'))
        .groupBy(sql`1`)
        .orderBy(desc(count()), sql`1`)
        .limit(100),
      tx
        .select({ value: sql<number>`${papers.year}`, n: count() })
        .from(papers)
        .where(and(where('years'), sql`${papers.year} is not null`))
        .groupBy(papers.year)
        .orderBy(desc(papers.year)),
      tx
        .select({
          inLibrary: sql<number>`count(*) filter (where ${papers.deletedAt} is null)::int`,
          inBin: sql<number>`count(*) filter (where ${papers.deletedAt} is not null)::int`,
          unfinished: sql<number>`count(*) filter (where ${papers.deletedAt} is null
            and ${papers.processingStatus} in ('pending', 'parsing', 'indexing'))::int`,
        })
        .from(papers),
    ]);
    return {
      papers: rows,
      total: total?.n ?? 0,
      facets: { status, tags, years },
      inLibrary: whole?.inLibrary ?? 0,
      inBin: whole?.inBin ?? 0,
      unfinished: whole?.unfinished ?? 0,
    };
  });
}

const orders: Record<'added' | 'title' | 'year', SQL[]> = {
  added: [],
  title: [sql`lower(${papers.title})`],
  year: [sql`${papers.year} desc nulls last`],
};

/** Part of the text, whatever it holds; `%` and `_` stand for themselves. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function conditions(filter: ReturnType<typeof paperFilter.parse>) {
  const { search, status, tags, author, yearFrom, yearTo, bin } = filter;
  const words = search?.split(/\s+/).filter(Boolean) ?? [];
  return {
    bin: bin ? sql`${papers.deletedAt} is not null` : sql`${papers.deletedAt} is null`,
    search: and(
      ...words.map(
        (word) => sql`(${papers.title} ilike ${containing(word)}
          or ${papers.authors}::text ilike ${containing(word)}
          or ${papers.doi} = ${word.toLowerCase()} or ${papers.arxivId} = ${word}
          or ${papers.fileName} ilike ${containing(word)})`,
      ),
    ),
    status: status?.length ? inArray(papers.processingStatus, status) : undefined,
    tags: tags?.length ? sql`${papers.tags} @> ${sql.param(tags)}::text[]` : undefined,
    author: author
      ? sql`exists (select from jsonb_array_elements(${papers.authors}) a
          where a ->> 'name' ilike ${containing(author)})`
      : undefined,
    years:
      yearFrom !== undefined || yearTo !== undefined
        ? between(papers.year, yearFrom ?? 0, yearTo ?? 9_999)
        : undefined,
  };
}

export interface PaperView extends PaperSummary {
  abstract: string | null;
  articleDoi: string | null;
  fieldOrigins: FieldOrigins;
  sections: PaperSection[];
  references: Reference[];
  parseReport: ReadingReport | null;
  /** How asking sources about its details ended; null when nobody was asked yet. */
  correction: { outcome: string | null; reason: string | null } | null;
  /** Other papers here that are the same work. */
  duplicates: Duplicate[];
}

/** Everything about a paper but its pages; also of one in the bin. Throws NOT_FOUND. */
export async function getPaper({
  ctx,
  paperId,
}: {
  ctx: Ctx;
  paperId: string;
}): Promise<PaperView> {
  authorise(ctx, 'paper.read');
  requirePaperId(paperId);
  return inWorkspace(ctx, async (tx) => {
    const [summary] = await summaries(tx).where(eq(papers.id, paperId));
    if (!summary) throw notFound('paper');
    const [[more], [correction], duplicates] = await Promise.all([
      tx
        .select({
          abstract: papers.abstract,
          articleDoi: papers.articleDoi,
          fieldOrigins: sql<FieldOrigins>`${papers.fieldOrigins}`,
          sections: sql<PaperSection[]>`${papers.sections}`,
          references: sql<Reference[]>`${papers.references}`,
          parseReport: sql<ReadingReport | null>`${papers.parseReport}`,
        })
        .from(papers)
        .where(eq(papers.id, paperId)),
      tx
        .select({ outcome: steps.outcome, reason: steps.reason })
        .from(steps)
        .where(
          and(
            eq(steps.jobId, paperId),
            inArray(steps.key, ['correct', 'fetch']),
            inArray(steps.status, ['done', 'failed', 'skipped']),
          ),
        )
        .orderBy(desc(steps.position))
        .limit(1),
      duplicatesOf(tx, paperId),
    ]);
    return { ...summary, ...more!, correction: correction ?? null, duplicates };
  });
}
