/**
 * How an answer moves: pending, answering, then one of its ends. Every change holds the answer's row,
 * and a worker that was taken for dead writes nothing any more.
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { answerPassages, answers, conversationPapers, conversations, messages } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import { appendConversationEvent } from './events';
import { storePassages } from './passages';
import { type AnswerEnd, isUnderWay, type Passage, type PassageRole } from './schema';

/** An answer under way: what its task works on. */
export interface Answering {
  answerId: string;
  workspaceId: string;
  conversationId: string;
  question: string;
  /** Null: all papers. */
  paperIds: string[] | null;
  /** Fences off writers that were taken for dead. */
  starts: number;
}

/** Thrown to a worker whose answer was stopped or taken over: write nothing more. */
export class AnswerSuperseded extends Error {
  override name = 'AnswerSuperseded';
}

/** Workers listen here to end at once; the payload is an answer's id. */
export const ANSWER_CONTROL_CHANNEL = 'phial_answer_control';

/** Starts the answer, or takes over from a worker that died; null when it has ended. */
export async function beginAnswer({
  ctx,
  answerId,
}: {
  ctx: Ctx;
  answerId: string;
}): Promise<Answering | null> {
  return inWorkspace(ctx, async (tx) => {
    const [answer] = await tx
      .update(answers)
      .set({ status: 'answering', starts: sql`${answers.starts} + 1`, startedAt: ctx.now() })
      .where(and(eq(answers.id, answerId), inArray(answers.status, ['pending', 'answering'])))
      .returning();
    if (!answer) return null;
    const { workspaceId, conversationId, starts } = answer;
    const [question] = await tx
      .select({ text: messages.text, scope: conversations.scope })
      .from(messages)
      .innerJoin(conversations, eq(conversations.id, messages.conversationId))
      .where(eq(messages.id, answer.messageId));
    const chosen = await tx
      .select({ paperId: conversationPapers.paperId })
      .from(conversationPapers)
      .where(eq(conversationPapers.conversationId, conversationId));
    await tx.delete(answerPassages).where(eq(answerPassages.answerId, answerId));
    await appendConversationEvent(tx, answer, 'answer.started', { answerId });
    return {
      answerId,
      workspaceId,
      conversationId,
      question: question!.text,
      paperIds: question!.scope === 'all' ? null : chosen.map(({ paperId }) => paperId).sort(),
      starts,
    };
  });
}

/** Holds the answer's row for who still owns it. Throws AnswerSuperseded otherwise. */
async function own(tx: Tx, { answerId, starts }: Answering): Promise<void> {
  const [mine] = await tx
    .select({ id: answers.id })
    .from(answers)
    .where(
      and(eq(answers.id, answerId), eq(answers.starts, starts), eq(answers.status, 'answering')),
    )
    .for('update');
  if (!mine) throw new AnswerSuperseded(`Answer ${answerId} is no longer mine to write`);
}

/** Stores passages and tells of each. */
export async function tellPassages(
  ctx: Ctx,
  answering: Answering,
  passages: readonly Passage[],
): Promise<void> {
  await inWorkspace(ctx, async (tx) => {
    await own(tx, answering);
    await addPassages(tx, answering, passages);
  });
}

async function addPassages(
  tx: Tx,
  answering: Answering,
  passages: readonly Passage[],
): Promise<void> {
  const { answerId } = answering;
  await storePassages(tx, { id: answerId, workspaceId: answering.workspaceId }, passages);
  for (const { role, position } of passages) {
    await appendConversationEvent(tx, answering, 'passage.found', { answerId, role, position });
  }
}

/** Stores a model's wording of a passage. */
export async function tellPhrasing(
  ctx: Ctx,
  answering: Answering,
  { role, position }: { role: PassageRole; position: number },
  phrased: NonNullable<Passage['phrased']>,
): Promise<void> {
  const { answerId } = answering;
  await inWorkspace(ctx, async (tx) => {
    await own(tx, answering);
    await tx
      .update(answerPassages)
      .set({ phrased })
      .where(
        and(
          eq(answerPassages.answerId, answerId),
          eq(answerPassages.role, role),
          eq(answerPassages.position, position),
        ),
      );
    await appendConversationEvent(tx, answering, 'passage.phrased', { answerId, role, position });
  });
}

/** Ends the answer, with the last of its passages. */
export async function endAnswer(
  ctx: Ctx,
  answering: Answering,
  end: AnswerEnd,
  passages: readonly Passage[] = [],
): Promise<void> {
  await inWorkspace(ctx, async (tx) => {
    await own(tx, answering);
    await addPassages(tx, answering, passages);
    await writeEnd(tx, ctx, { ...answering, id: answering.answerId }, end);
  });
}

async function writeEnd(
  tx: Tx,
  ctx: Ctx,
  answer: { id: string; workspaceId: string; conversationId: string },
  end: AnswerEnd,
): Promise<void> {
  await tx
    .update(answers)
    .set({ ...end, finishedAt: ctx.now() })
    .where(eq(answers.id, answer.id));
  await appendConversationEvent(tx, answer, 'answer.ended', { answerId: answer.id, end });
}

/**
 * Ends the answer as `stopped`; what was found so far stays. Stopping an ended one changes nothing.
 * Throws NOT_FOUND.
 */
export async function stopAnswer({ ctx, answerId }: { ctx: Ctx; answerId: string }): Promise<void> {
  authorise(ctx, 'question.ask');
  await inWorkspace(ctx, async (tx) => {
    const [answer] = await tx.select().from(answers).where(eq(answers.id, answerId)).for('update');
    if (!answer) throw notFound('answer');
    if (!isUnderWay(answer.status)) return;
    const found = await tx.$count(
      answerPassages,
      and(eq(answerPassages.answerId, answerId), eq(answerPassages.role, 'answer')),
    );
    await writeEnd(tx, ctx, answer, {
      status: 'stopped',
      reason: 'STOPPED',
      message: 'Stopped by a person.',
      support: answer.support,
      threshold: answer.threshold,
      sentences: found,
      dropped: answer.dropped,
      droppedPhrasings: answer.droppedPhrasings,
      model: answer.model,
    });
    await tx.execute(sql`select pg_notify(${ANSWER_CONTROL_CHANNEL}, ${answerId})`);
  });
}

/** Ends the answer as `failed`, with words that say how to go on. */
export async function failAnswer(
  ctx: Ctx,
  answering: Answering,
  { reason, message }: { reason: string; message: string },
): Promise<void> {
  await endAnswer(ctx, answering, {
    status: 'failed',
    reason,
    message,
    support: null,
    threshold: null,
    sentences: 0,
    dropped: 0,
    droppedPhrasings: 0,
    model: null,
  });
}
