/** The quoted sentences of answers, as rows and as views. Those of papers in the bin are not there. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { answerPassages, papers } from '@/db/schema';
import type { Author } from '@/server/papers/reading';
import type { PaperCitation, Passage, PassageView } from './schema';

export async function storePassages(
  tx: Tx,
  { id, workspaceId }: { id: string; workspaceId: string },
  passages: readonly Passage[],
): Promise<void> {
  if (passages.length === 0) return;
  await tx
    .insert(answerPassages)
    .values(passages.map((passage) => ({ ...passage, answerId: id, workspaceId })));
}

/** Passages of the given answers in their order. */
export async function passagesOf(
  tx: Tx,
  answerIds: readonly string[],
): Promise<(PassageView & { answerId: string })[]> {
  if (answerIds.length === 0) return [];
  const rows = await tx
    .select({
      row: answerPassages,
      title: papers.title,
      authors: papers.authors,
      year: papers.year,
      doi: papers.doi,
    })
    .from(answerPassages)
    .innerJoin(papers, eq(papers.id, answerPassages.paperId))
    .where(and(inArray(answerPassages.answerId, [...answerIds]), isNull(papers.deletedAt)))
    .orderBy(asc(answerPassages.answerId), asc(answerPassages.role), asc(answerPassages.position));
  return rows.map(({ row, title, authors, year, doi }) => {
    const citations = row.citations as PaperCitation[];
    return {
      answerId: row.answerId,
      role: row.role,
      position: row.position,
      paperId: row.paperId,
      section: row.section,
      heading: row.heading,
      text: row.text,
      phrased: row.phrased as Passage['phrased'],
      citations,
      support: row.support,
      paper: {
        id: row.paperId,
        title,
        authors: authors as Author[],
        year,
        doi,
        fileSha256: citations[0]?.fileSha256 ?? '',
      },
    };
  });
}
