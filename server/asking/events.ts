/** Events of conversations: rows with a number of their conversation's own; the NOTIFY is the bell. */
import { and, asc, eq, gt, max, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { conversationEvents } from '@/db/schema';
import type { EventSource } from '@/server/live/tail';
import { passagesOf } from './passages';
import type {
  ConversationEvent,
  ConversationEventData,
  PassageRole,
  WatchedConversation,
} from './schema';

const CHANNEL = 'phial_conversations';

/** What is stored: passages are named, not repeated, so that a purge leaves nothing of a paper. */
type Stored<T> = Omit<T, 'passage'>;

/** Appends one event. Holds the conversation's row until commit: keep the transaction short. */
export async function appendConversationEvent<T extends keyof ConversationEventData>(
  tx: Tx,
  { conversationId, workspaceId }: { conversationId: string; workspaceId: string },
  type: T,
  data: Stored<ConversationEventData[T]>,
): Promise<void> {
  const [row] = await tx.execute<{ seq: number }>(sql`
    with numbered as (
      update conversations set seq = seq + 1
      where id = ${conversationId} and workspace_id = ${workspaceId}
      returning id, workspace_id, seq
    ), appended as (
      insert into conversation_events (conversation_id, workspace_id, seq, type, data)
      select id, workspace_id, seq, ${type}, ${JSON.stringify(data)}::jsonb from numbered
    )
    select seq, pg_notify(${CHANNEL}, concat_ws(':', workspace_id, id, seq)) from numbered`);
  if (!row) throw new Error(`Conversation ${conversationId} is not visible in this workspace`);
}

export const conversationEventSource: EventSource<WatchedConversation> = {
  channel: CHANNEL,
  async head(tx, id) {
    const [row] = await tx
      .select({ head: max(conversationEvents.seq) })
      .from(conversationEvents)
      .where(eq(conversationEvents.conversationId, id));
    return row?.head ?? 0;
  },
  async read(tx, id, after, limit) {
    const rows = await tx
      .select()
      .from(conversationEvents)
      .where(and(eq(conversationEvents.conversationId, id), gt(conversationEvents.seq, after)))
      .orderBy(asc(conversationEvents.seq))
      .limit(limit);
    const named = rows.filter(isOfPassage).map(({ data }) => (data as PassageName).answerId);
    const passages = await passagesOf(tx, [...new Set(named)]);
    const found = new Map(passages.map(({ answerId, ...p }) => [keyOf({ answerId, ...p }), p]));
    return rows.map(
      ({ conversationId, seq, type, at, data }) =>
        ({
          conversationId,
          seq,
          type,
          at: at.toISOString(),
          data: isOfPassage({ type })
            ? { ...(data as PassageName), passage: found.get(keyOf(data as PassageName)) ?? null }
            : data,
        }) as ConversationEvent,
    );
  },
  resync: (conversationId, seq) => ({ conversationId, type: 'resync', seq }),
};

type PassageName = { answerId: string; role: PassageRole; position: number };

const isOfPassage = ({ type }: { type: string }) => type.startsWith('passage.');

const keyOf = ({ answerId, role, position }: PassageName) => `${answerId}:${role}:${position}`;
