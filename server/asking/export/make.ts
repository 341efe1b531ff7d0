import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { paperPages, papers } from '@/db/schema';
import packageJson from '@/package.json';
import { type Ctx, inWorkspace } from '@/server/context';
import { conflict } from '@/server/errors';
import { compareText, roundNumber } from '@/server/reports/canonical';
import { type AnswerInContext, getAnswer } from '../queries';
import type { PassageView } from '../schema';
import { passageProblems } from '../verify';
import { answerHash } from './hash';
import { toHtml } from './html';
import { toMarkdown } from './markdown';
import { ANSWER_SCHEMA, type AnswerExport, type ExportedSentence } from './schema';

export const ANSWER_FILES = ['answer.json', 'answer.md', 'answer.html'] as const;
export type AnswerFile = (typeof ANSWER_FILES)[number];

/**
 * The answer with the text of every page it cites. Throws NOT_FOUND, and CONFLICT where there is nothing
 * to export: while it is made, after it failed, or when a page it cites was read anew since.
 */
export async function exportAnswer({
  ctx,
  answerId,
}: {
  ctx: Ctx;
  answerId: string;
}): Promise<AnswerExport> {
  const asked = await getAnswer({ ctx, answerId });
  const { status, sentences, nearest } = asked.answer;
  if (status !== 'answered' && status !== 'abstained') {
    throw conflict('NOTHING_TO_EXPORT', 'This question has no answer that could be exported.');
  }
  const passages = [...sentences, ...nearest];
  const pages = await inWorkspace(ctx, (tx) => citedPages(tx, passages));
  const pageOf = ({ fileSha256, page }: { fileSha256: string; page: number }) =>
    pages.find((known) => known.fileSha256 === fileSha256 && known.page === page);
  if (passages.some((passage) => passageProblems(passage, pageOf).length > 0)) {
    throw conflict(
      'ANSWER_OUTDATED',
      'A page this answer cites was read anew since. Ask again, then export.',
    );
  }
  const draft = { ...written(asked, status), pages };
  return { ...draft, answerHash: answerHash(draft) };
}

/** The text of one of its files. */
export function answerFile(answer: AnswerExport, name: AnswerFile): string {
  if (name === 'answer.json') return `${JSON.stringify(answer, null, 1)}\n`;
  return name === 'answer.md' ? toMarkdown(answer) : toHtml(answer);
}

function written(
  { question, askedAt, scope, answer }: AnswerInContext,
  status: 'answered' | 'abstained',
): Omit<AnswerExport, 'answerHash' | 'pages'> {
  const rounded = (value: number | null) => (value === null ? null : roundNumber(value));
  const passages = [...answer.sentences, ...answer.nearest];
  const cited = new Map(passages.map(({ paper }) => [paper.fileSha256, paper]));
  return {
    schema: ANSWER_SCHEMA,
    question,
    askedAt: askedAt.toISOString(),
    answeredAt: answer.finishedAt?.toISOString() ?? null,
    scope,
    status,
    support: rounded(answer.support),
    threshold: rounded(answer.threshold),
    sentences: answer.sentences.map(toSentence),
    nearest: answer.nearest.map(toSentence),
    papers: [...cited.values()]
      .map(({ fileSha256, title, authors, year, doi }) => ({
        fileSha256,
        title,
        authors: authors.map(({ name }) => name),
        year,
        doi,
      }))
      .sort((a, b) => compareText(a.fileSha256, b.fileSha256)),
    dropped: answer.dropped,
    droppedPhrasings: answer.droppedPhrasings,
    model: answer.model,
    versions: { app: packageJson.version },
  };
}

function toSentence({
  text,
  phrased,
  section,
  heading,
  support,
  citations,
}: PassageView): ExportedSentence {
  return {
    text,
    ...(phrased ? { phrased } : {}),
    section,
    heading,
    support: roundNumber(support),
    citations,
  };
}

async function citedPages(
  tx: Tx,
  passages: readonly PassageView[],
): Promise<AnswerExport['pages']> {
  if (passages.length === 0) return [];
  const wanted = passages.map(({ paperId, citations }) =>
    and(
      eq(paperPages.paperId, paperId),
      inArray(
        paperPages.number,
        citations.map(({ page }) => page),
      ),
    ),
  );
  const rows = await tx
    .select({
      fileSha256: sql<string>`${papers.fileHash}`,
      page: paperPages.number,
      textSha256: paperPages.textSha256,
      text: paperPages.text,
    })
    .from(paperPages)
    .innerJoin(papers, eq(papers.id, paperPages.paperId))
    .where(and(isNull(papers.deletedAt), or(...wanted)));
  return rows.sort((a, b) => compareText(a.fileSha256, b.fileSha256) || a.page - b.page);
}
