import { and, count, eq, inArray, isNull, max } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { answers, conversationPapers, conversations, messages, papers } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { conflict, invalid, notFound } from '@/server/errors';
import { enqueue } from '@/server/queue/enqueue';
import { appendConversationEvent } from './events';
import { type AskInput, askInput, isUnderWay, LIMITS } from './schema';

export interface Asked {
  conversationId: string;
  messageId: string;
  answerId: string;
}

/**
 * Asks a question. The message, its answer to be and the task are written in one transaction. Throws
 * INVALID for an empty or too long question and for papers that are not there, NOT_FOUND for a
 * conversation that is not, CONFLICT while its last question is still being answered.
 */
export async function ask({ ctx, input: raw }: { ctx: Ctx; input: AskInput }): Promise<Asked> {
  authorise(ctx, 'question.ask');
  const input = parsed(raw);
  return inWorkspace(ctx, async (tx) => {
    const conversationId = input.conversationId
      ? await goOn(tx, ctx, input.conversationId)
      : await begin(tx, ctx, input);
    const [last] = await tx
      .select({ position: max(messages.position) })
      .from(messages)
      .where(eq(messages.conversationId, conversationId));
    const [message] = await tx
      .insert(messages)
      .values({
        workspaceId: ctx.actor.workspaceId,
        conversationId,
        position: (last?.position ?? 0) + 1,
        text: input.text,
        askedBy: userOf(ctx),
      })
      .returning({ id: messages.id });
    const messageId = message!.id;
    const answerId = await newAnswer(tx, ctx, { conversationId, messageId, attempt: 1 });
    return { conversationId, messageId, answerId };
  });
}

/**
 * Has the question of an ended answer answered anew. Throws NOT_FOUND, and CONFLICT while a question
 * of the conversation is being answered.
 */
export async function askAgain({ ctx, answerId }: { ctx: Ctx; answerId: string }): Promise<Asked> {
  authorise(ctx, 'question.ask');
  return inWorkspace(ctx, async (tx) => {
    const [answer] = await tx
      .select({ conversationId: answers.conversationId, messageId: answers.messageId })
      .from(answers)
      .where(eq(answers.id, answerId));
    if (!answer) throw notFound('answer');
    await goOn(tx, ctx, answer.conversationId);
    const [last] = await tx
      .select({ attempt: max(answers.attempt) })
      .from(answers)
      .where(eq(answers.messageId, answer.messageId));
    const attempt = (last?.attempt ?? 0) + 1;
    return { ...answer, answerId: await newAnswer(tx, ctx, { ...answer, attempt }) };
  });
}

function parsed(raw: AskInput) {
  const input = askInput.parse(raw);
  const characters = [...input.text].length;
  if (characters === 0) throw invalid('QUESTION_EMPTY', 'Type a question first.');
  if (characters > LIMITS.questionCharacters) {
    throw invalid(
      'QUESTION_TOO_LONG',
      `A question has at most ${LIMITS.questionCharacters.toLocaleString('en')} characters; this one has ${characters.toLocaleString('en')}.`,
    );
  }
  return input;
}

/** Locks the conversation, so that questions come one after the other. */
async function goOn(tx: Tx, ctx: Ctx, conversationId: string): Promise<string> {
  const [conversation] = await tx
    .update(conversations)
    .set({ askedAt: ctx.now() })
    .where(eq(conversations.id, conversationId))
    .returning({ id: conversations.id });
  if (!conversation) throw notFound('conversation');
  const open = await tx
    .select({ status: answers.status })
    .from(answers)
    .where(eq(answers.conversationId, conversationId));
  if (open.some(({ status }) => isUnderWay(status))) {
    throw conflict(
      'ANSWER_UNDER_WAY',
      'The question before is still being answered. Wait for its end or stop it.',
    );
  }
  return conversation.id;
}

async function begin(
  tx: Tx,
  ctx: Ctx,
  { text, paperIds }: { text: string; paperIds: string[] | null },
): Promise<string> {
  const { workspaceId } = ctx.actor;
  const chosen = paperIds && [...new Set(paperIds)];
  if (chosen) await requirePapers(tx, chosen);
  const [conversation] = await tx
    .insert(conversations)
    .values({
      workspaceId,
      title: titleOf(text),
      scope: chosen ? 'selection' : 'all',
      createdBy: userOf(ctx),
    })
    .returning({ id: conversations.id });
  const conversationId = conversation!.id;
  if (chosen) {
    await tx
      .insert(conversationPapers)
      .values(chosen.map((paperId) => ({ conversationId, workspaceId, paperId })));
  }
  return conversationId;
}

async function requirePapers(tx: Tx, ids: string[]): Promise<void> {
  const [found] = await tx
    .select({ n: count() })
    .from(papers)
    .where(and(inArray(papers.id, ids), isNull(papers.deletedAt)));
  if (found?.n === ids.length) return;
  throw invalid(
    'PAPERS_UNKNOWN',
    'Some of the chosen papers are not in this library, or lie in the bin. Choose again.',
  );
}

async function newAnswer(
  tx: Tx,
  ctx: Ctx,
  {
    conversationId,
    messageId,
    attempt,
  }: { conversationId: string; messageId: string; attempt: number },
): Promise<string> {
  const { workspaceId } = ctx.actor;
  const [answer] = await tx
    .insert(answers)
    .values({ workspaceId, conversationId, messageId, attempt })
    .returning({ id: answers.id });
  const answerId = answer!.id;
  await appendConversationEvent(tx, { conversationId, workspaceId }, 'question.asked', {
    messageId,
    answerId,
  });
  // Somebody waits for it, unlike for most of what is queued.
  const place = { key: `answer:${answerId}`, priority: -10 };
  await enqueue(tx, 'answer-question', { workspaceId, answerId }, place);
  return answerId;
}

const TITLE_CHARACTERS = 120;

function titleOf(question: string): string {
  const line = question.replace(/\s+/g, ' ');
  const characters = [...line];
  if (characters.length <= TITLE_CHARACTERS) return line;
  return `${characters.slice(0, TITLE_CHARACTERS - 1).join('')}…`;
}

const userOf = (ctx: Ctx) => (ctx.actor.kind === 'user' ? ctx.actor.userId : null);
