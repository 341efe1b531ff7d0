/** Answers one question: quoted sentences, each checked against its page, arranged and joined. */
import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { paperPages, papers } from '@/db/schema';
import type { Cache } from '@/server/cache';
import { type Ctx, inWorkspace } from '@/server/context';
import { joinPlaces } from '@/server/papers/reading';
import { libraryVersion } from '@/server/papers/version';
import { type Ask, phraseAll } from '@/server/reports';
import type { Draft, Drafter, DraftSentence } from './draft';
import { type Answering, endAnswer, tellPassages, tellPhrasing } from './machine';
import { LIMITS, type PaperCitation, type Passage, type PassageRole } from './schema';
import { type CitedPage, passageProblems } from './verify';

export interface Answerer {
  draft: Drafter;
  cache: Pick<Cache, 'remember'>;
  /** Null: no model is configured, and sentences stay as they were quoted. */
  model: { name: string; ask: Ask } | null;
}

/**
 * Answers what was asked, or says that these papers do not. Safe to repeat. Throws AnswerSuperseded
 * when the answer was stopped or taken over meanwhile.
 */
export async function answerQuestion({
  ctx,
  answering,
  answerer,
  signal,
}: {
  ctx: Ctx;
  answering: Answering;
  answerer: Answerer;
  signal: AbortSignal;
}): Promise<void> {
  const { version, ready, unread } = await inWorkspace(ctx, async (tx) => ({
    version: await libraryVersion(tx, ctx.actor.workspaceId),
    ...(await countPapers(tx, answering.paperIds)),
  }));
  if (!ready) return endAnswer(ctx, answering, nothingToAsk(answering, unread));

  const draft = await draftOf(ctx, answering, answerer, version);
  const { picked, nearest, dropped } = await checked(ctx, draft);
  const { support, threshold } = draft;
  const end = { support, threshold, dropped, droppedPhrasings: 0, model: null };
  if (picked.length === 0) {
    const { reason, message } = abstention(dropped, unread);
    const passages = numbered(nearest, 'nearest');
    const abstained = { ...end, status: 'abstained', reason, message, sentences: 0 } as const;
    return endAnswer(ctx, answering, abstained, passages);
  }
  const passages = numbered(arranged(picked), 'answer');
  const answered = { status: 'answered', reason: null, message: null } as const;
  if (!answerer.model) {
    const sentences = passages.length;
    return endAnswer(ctx, answering, { ...end, ...answered, sentences }, passages);
  }
  await tellPassages(ctx, answering, passages);
  const failed = await phraseAll(
    passages.map((passage) => ({
      ...passage,
      id: String(passage.position),
      quotes: passage.citations.map(({ quote }) => quote),
    })),
    answerer.model.ask,
    (passage, wording) => tellPhrasing(ctx, answering, passage, wording),
    signal,
  );
  await endAnswer(ctx, answering, {
    ...end,
    ...answered,
    sentences: passages.length,
    droppedPhrasings: failed.length,
    model: answerer.model.name,
  });
}

/** The same question to the same papers is looked up once in five minutes. */
async function draftOf(
  ctx: Ctx,
  { question, paperIds }: Answering,
  { draft, cache }: Answerer,
  version: number,
): Promise<Draft> {
  const words = question.normalize('NFC').replace(/\s+/g, ' ');
  return cache.remember(
    {
      namespace: 'questions',
      workspaceId: ctx.actor.workspaceId,
      version: String(version),
      key: { paperIds, question: words },
    },
    () => draft(ctx, { question, paperIds, limit: LIMITS.sentences }),
  );
}

/** Whether any paper can be searched, and how many are not read yet. Neither looks at all of a library. */
async function countPapers(
  tx: Tx,
  paperIds: string[] | null,
): Promise<{ ready: boolean; unread: number }> {
  if (paperIds?.length === 0) return { ready: false, unread: 0 };
  const there = and(isNull(papers.deletedAt), paperIds ? inArray(papers.id, paperIds) : undefined);
  const isUnread = sql`${papers.processingStatus} in ('pending', 'parsing', 'indexing')`;
  const [ready, unread] = await Promise.all([
    tx
      .select({ id: papers.id })
      .from(papers)
      .where(and(there, gt(papers.chunkCount, 0)))
      .limit(1),
    tx.$count(papers, and(there, isUnread)),
  ]);
  return { ready: ready.length > 0, unread };
}

const stillRead = (unread: number) =>
  unread === 0
    ? ''
    : ` ${unread === 1 ? 'One paper is' : `${unread} papers are`} still being read; ask again when that is done.`;

function nothingToAsk({ paperIds }: Answering, unread: number) {
  const message = paperIds
    ? 'None of the chosen papers can be searched: they were deleted or have no text.'
    : 'There are no papers here that can be searched. Add some first.';
  return {
    status: 'abstained',
    reason: unread > 0 ? 'PAPERS_UNREAD' : 'NO_PAPERS',
    message: unread > 0 ? `There is nothing to search yet.${stillRead(unread)}` : message,
    support: null,
    threshold: null,
    sentences: 0,
    dropped: 0,
    droppedPhrasings: 0,
    model: null,
  } as const;
}

function abstention(dropped: number, unread: number) {
  if (dropped > 0) {
    return {
      reason: 'NOTHING_VERIFIED',
      message: `No sentence could be shown to stand where it was found, so none is given.${stillRead(unread)}`,
    };
  }
  return {
    reason: 'NOT_SUPPORTED',
    message: `These papers do not answer this.${stillRead(unread)}`,
  };
}

type Unplaced = Omit<Passage, 'role' | 'position'>;

const numbered = (passages: readonly Unplaced[], role: PassageRole): Passage[] =>
  passages.map((passage, index) => ({ ...passage, role, position: index + 1 }));

/** Papers by their best sentence, the sentences of a paper as they stand in it. */
function arranged(passages: readonly Unplaced[]): Unplaced[] {
  const best = new Map<string, number>();
  for (const { paperId, support } of passages) {
    best.set(paperId, Math.max(support, best.get(paperId) ?? Number.NEGATIVE_INFINITY));
  }
  return [...passages].sort(
    (a, b) =>
      (best.get(b.paperId) ?? 0) - (best.get(a.paperId) ?? 0) ||
      a.paperId.localeCompare(b.paperId, 'en') ||
      a.citations[0]!.page - b.citations[0]!.page ||
      a.citations[0]!.start - b.citations[0]!.start,
  );
}

/** The drafted sentences that stand where they say, and how many picked ones do not. */
async function checked(
  ctx: Ctx,
  draft: Draft,
): Promise<{ picked: Unplaced[]; nearest: Unplaced[]; dropped: number }> {
  const all = [...draft.picked, ...draft.nearest];
  const pages = await inWorkspace(ctx, (tx) => pagesOf(tx, all));
  const holding = (sentences: DraftSentence[]) =>
    sentences.flatMap(({ paperId, section, heading, citations, support }) => {
      const passage = {
        paperId,
        section,
        heading,
        text: joinPlaces(citations.map(({ quote }) => quote)),
        phrased: null,
        citations,
        support,
      };
      const pageOf = (citation: PaperCitation) => {
        const page = pages.get(`${paperId}:${citation.page}`);
        return page && !isHidden(page, citation) ? page : undefined;
      };
      return passageProblems(passage, pageOf).length === 0 ? [passage] : [];
    });
  const picked = holding(draft.picked);
  return {
    picked,
    nearest: holding(draft.nearest),
    dropped: draft.picked.length - picked.length,
  };
}

type KnownPage = CitedPage & { hidden: [number, number][] };

/** What a reader of the page does not see is never quoted. */
const isHidden = ({ hidden, fileSha256 }: KnownPage, citation: PaperCitation) =>
  fileSha256 !== citation.fileSha256 ||
  hidden.some(([start, end]) => start < citation.end && citation.start < end);

/** Pages that are cited, of papers that are still there. */
async function pagesOf(
  tx: Tx,
  sentences: readonly DraftSentence[],
): Promise<Map<string, KnownPage>> {
  const wanted = sentences.flatMap(({ paperId, citations }) =>
    citations.map(({ page }) => and(eq(paperPages.paperId, paperId), eq(paperPages.number, page))),
  );
  if (wanted.length === 0) return new Map();
  const rows = await tx
    .select({
      paperId: paperPages.paperId,
      page: paperPages.number,
      text: paperPages.text,
      textSha256: paperPages.textSha256,
      hidden: sql<[number, number][]>`${paperPages.hidden}`,
      fileSha256: sql<string>`${papers.fileHash}`,
    })
    .from(paperPages)
    .innerJoin(papers, eq(papers.id, paperPages.paperId))
    .where(and(isNull(papers.deletedAt), or(...wanted)));
  return new Map(rows.map((row) => [`${row.paperId}:${row.page}`, row]));
}
