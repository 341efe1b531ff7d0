/** Reads about conversations. Everything is of the actor's workspace; a stranger's is not found. */
import { and, asc, desc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { answers, conversationPapers, conversations, messages, papers, users } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { invalid, notFound } from '@/server/errors';
import type { Author } from '@/server/papers/reading';
import { passagesOf } from './passages';
import type { AnswerStatus, PassageView } from './schema';

export interface ConversationSummary {
  id: string;
  title: string;
  scope: 'all' | 'selection';
  questions: number;
  /** How the last answer stands. */
  status: AnswerStatus;
  askedAt: Date;
}

export interface AnswerView {
  id: string;
  /** From 1; asking again adds one. */
  attempt: number;
  status: AnswerStatus;
  reason: string | null;
  message: string | null;
  support: number | null;
  threshold: number | null;
  dropped: number;
  droppedPhrasings: number;
  model: string | null;
  sentences: PassageView[];
  nearest: PassageView[];
  /** Sentences that are not shown because their paper was deleted. */
  withheld: number;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface MessageView {
  id: string;
  text: string;
  askedBy: string | null;
  createdAt: Date;
  /** The last one. */
  answer: AnswerView;
}

export interface ConversationView {
  id: string;
  title: string;
  scope: 'all' | 'selection';
  /** Papers of the selection that are still there. */
  papers: { id: string; title: string }[];
  /** Number of the last event this view includes. */
  seq: number;
  createdAt: Date;
  messages: MessageView[];
}

/** The last asked first, by cursor. */
export async function listConversations({
  ctx,
  filter = {},
}: {
  ctx: Ctx;
  filter?: { cursor?: string; limit?: number };
}): Promise<{ conversations: ConversationSummary[]; nextCursor: string | null }> {
  authorise(ctx, 'paper.read');
  const limit = Math.min(filter.limit ?? 50, 200);
  const after = filter.cursor ? parseCursor(filter.cursor) : null;
  const rows = await inWorkspace(ctx, (tx) =>
    tx
      .select({
        id: conversations.id,
        title: conversations.title,
        scope: conversations.scope,
        askedAt: conversations.askedAt,
        questions: sql<number>`(select count(*)::int from messages m where m.conversation_id = conversations.id)`,
        status: sql<AnswerStatus>`(select a.status from answers a
          where a.conversation_id = conversations.id order by a.created_at desc limit 1)`,
      })
      .from(conversations)
      .where(
        after
          ? or(
              lt(conversations.askedAt, after.at),
              and(eq(conversations.askedAt, after.at), lt(conversations.id, after.id)),
            )
          : undefined,
      )
      .orderBy(desc(conversations.askedAt), desc(conversations.id))
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    conversations: page,
    nextCursor: rows.length > limit && last ? `${last.askedAt.toISOString()}_${last.id}` : null,
  };
}

function parseCursor(cursor: string): { at: Date; id: string } {
  const [at = '', id = ''] = cursor.split('_');
  const date = new Date(at);
  if (Number.isNaN(date.getTime()) || !/^[0-9a-f-]{36}$/.test(id)) {
    throw invalid(
      'CURSOR_INVALID',
      'This page of the list is not there. Start from the first one.',
    );
  }
  return { at: date, id };
}

/** A conversation with the last answer of each question. Throws NOT_FOUND. */
export async function getConversation({
  ctx,
  conversationId,
}: {
  ctx: Ctx;
  conversationId: string;
}): Promise<ConversationView> {
  authorise(ctx, 'paper.read');
  if (!/^[0-9a-f-]{36}$/i.test(conversationId)) throw notFound('conversation');
  return inWorkspace(ctx, async (tx) => {
    const [conversation] = await tx
      .select()
      .from(conversations)
      .where(eq(conversations.id, conversationId));
    if (!conversation) throw notFound('conversation');
    const { id, title, scope, seq, createdAt } = conversation;
    return {
      id,
      title,
      scope,
      seq,
      createdAt,
      papers: await chosenPapers(tx, id),
      messages: await messagesOf(tx, id),
    };
  });
}

const chosenPapers = (tx: Tx, conversationId: string) =>
  tx
    .select({ id: papers.id, title: papers.title })
    .from(conversationPapers)
    .innerJoin(papers, eq(papers.id, conversationPapers.paperId))
    .where(and(eq(conversationPapers.conversationId, conversationId), isNull(papers.deletedAt)))
    .orderBy(asc(papers.title), asc(papers.id));

async function messagesOf(tx: Tx, conversationId: string): Promise<MessageView[]> {
  const rows = await tx
    .selectDistinctOn([messages.position], { message: messages, answer: answers, by: users.name })
    .from(messages)
    .innerJoin(answers, eq(answers.messageId, messages.id))
    .leftJoin(users, eq(users.id, messages.askedBy))
    .where(eq(messages.conversationId, conversationId))
    .orderBy(asc(messages.position), desc(answers.attempt));
  const passages = await passagesOf(
    tx,
    rows.map(({ answer }) => answer.id),
  );
  return rows.map(({ message, answer, by }) => ({
    id: message.id,
    text: message.text,
    askedBy: by,
    createdAt: message.createdAt,
    answer: toAnswerView(
      answer,
      passages.filter(({ answerId }) => answerId === answer.id),
    ),
  }));
}

function toAnswerView(row: typeof answers.$inferSelect, passages: PassageView[]): AnswerView {
  const { workspaceId, conversationId, messageId, starts, sentences, ...view } = row;
  const shown = passages.filter(({ role }) => role === 'answer');
  return {
    ...view,
    sentences: shown,
    nearest: passages.filter(({ role }) => role === 'nearest'),
    withheld: Math.max(0, sentences - shown.length),
  };
}

export interface AnswerInContext {
  question: string;
  askedAt: Date;
  scope: 'all' | 'selection';
  conversationId: string;
  answer: AnswerView;
}

/** One answer with its question. Throws NOT_FOUND. */
export async function getAnswer({
  ctx,
  answerId,
}: {
  ctx: Ctx;
  answerId: string;
}): Promise<AnswerInContext> {
  authorise(ctx, 'paper.read');
  if (!/^[0-9a-f-]{36}$/i.test(answerId)) throw notFound('answer');
  return inWorkspace(ctx, async (tx) => {
    const [row] = await tx
      .select({ answer: answers, message: messages, scope: conversations.scope })
      .from(answers)
      .innerJoin(messages, eq(messages.id, answers.messageId))
      .innerJoin(conversations, eq(conversations.id, answers.conversationId))
      .where(eq(answers.id, answerId));
    if (!row) throw notFound('answer');
    return {
      question: row.message.text,
      askedAt: row.message.createdAt,
      scope: row.scope,
      conversationId: row.answer.conversationId,
      answer: toAnswerView(row.answer, await passagesOf(tx, [answerId])),
    };
  });
}

/** Papers by their ids, in their order, without those that are not there or lie in the bin. */
export async function briefPapers({
  ctx,
  paperIds,
}: {
  ctx: Ctx;
  paperIds: readonly string[];
}): Promise<{ id: string; title: string; authors: Author[]; year: number | null }[]> {
  authorise(ctx, 'paper.read');
  const ids = paperIds.filter((id) => /^[0-9a-f-]{36}$/i.test(id));
  if (ids.length === 0) return [];
  const rows = await inWorkspace(ctx, (tx) =>
    tx
      .select({ id: papers.id, title: papers.title, authors: papers.authors, year: papers.year })
      .from(papers)
      .where(and(inArray(papers.id, ids), isNull(papers.deletedAt))),
  );
  return ids.flatMap((id) =>
    rows
      .filter((row) => row.id === id)
      .map((row) => ({ ...row, authors: row.authors as Author[] })),
  );
}
