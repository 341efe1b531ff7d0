/** Papers that are the same work: explained with what makes them so, never silently dropped. */
import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { papers } from '@/db/schema';
import type { Duplicate, Identifier } from './schema';

const columns = { paperId: papers.id, title: papers.title, deletedAt: papers.deletedAt };

interface Work {
  doi: string | null;
  arxivId: string | null;
  articleDoi: string | null;
}

/** Other papers of the workspace, the bin included, that are this one's work. */
export async function duplicatesOf(tx: Tx, paperId: string): Promise<Duplicate[]> {
  const [work] = await tx
    .select({ doi: papers.doi, arxivId: papers.arxivId, articleDoi: papers.articleDoi })
    .from(papers)
    .where(eq(papers.id, paperId));
  return work ? sameWork(tx, work, ne(papers.id, paperId)) : [];
}

/** The papers that an identifier names, the bin included. */
export async function papersOf(tx: Tx, { kind, id }: Identifier): Promise<Duplicate[]> {
  const work = { doi: null, arxivId: null, articleDoi: null };
  return sameWork(tx, { ...work, [kind === 'doi' ? 'doi' : 'arxivId']: id });
}

async function sameWork(tx: Tx, work: Work, except?: SQL): Promise<Duplicate[]> {
  const kinds: [Duplicate['kind'], SQL | undefined][] = [
    ['same-doi', work.doi ? eq(papers.doi, work.doi) : undefined],
    ['same-arxiv', work.arxivId ? eq(papers.arxivId, work.arxivId) : undefined],
    // This one is a preprint of an article that is here …
    ['preprint-of', work.articleDoi ? eq(papers.doi, work.articleDoi) : undefined],
    // … or the article of a preprint that is here.
    ['article-of', work.doi ? eq(papers.articleDoi, work.doi) : undefined],
  ];
  const asked = kinds.filter((kind): kind is [Duplicate['kind'], SQL] => kind[1] !== undefined);
  if (asked.length === 0) return [];
  const kind = sql<Duplicate['kind']>`case ${sql.join(
    asked.map(([name, is]) => sql`when ${is} then ${name}`),
    sql` `,
  )} end`;
  const rows = await tx
    .select({ kind, ...columns })
    .from(papers)
    .where(and(or(...asked.map(([, is]) => is)), except))
    .orderBy(papers.createdAt)
    .limit(20);
  return rows.map(({ deletedAt, ...row }) => ({ ...row, inBin: deletedAt !== null }));
}
