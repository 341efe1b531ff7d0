/** Watching a conversation over the shared feeds. */
import { eq } from 'drizzle-orm';
import { conversations } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import type { Feeds } from '@/server/live/tail';
import type { WatchedConversation } from './schema';

export type ConversationFeeds = Feeds<WatchedConversation>;

/** Events of a conversation after `after`, until `signal` aborts. Throws NOT_FOUND. */
export async function watchConversation({
  ctx,
  feeds,
  conversationId,
  after,
  signal,
}: {
  ctx: Ctx;
  feeds: ConversationFeeds;
  conversationId: string;
  after: number;
  signal: AbortSignal;
}): Promise<AsyncGenerator<WatchedConversation>> {
  authorise(ctx, 'paper.read');
  const [seen] = await inWorkspace(ctx, (tx) =>
    tx
      .select({ id: conversations.id })
      .from(conversations)
      .where(eq(conversations.id, conversationId)),
  );
  if (!seen) throw notFound('conversation');
  return feeds.follow({ workspaceId: ctx.actor.workspaceId, id: conversationId }, after, signal);
}
