'use client';

import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useTRPCClient } from '@/components/trpc';
import { reportConnection } from '@/components/ui/connection';
import type { ConversationView } from '@/server/asking/queries';
import type { ConversationEvent } from '@/server/asking/schema';
import { tellsLess, underWay, withEvent } from './conversation-state';

/** How long to wait before a failed read is tried again. */
const READ_AGAIN_MS = 3_000;

type Change = { event: ConversationEvent } | { view: ConversationView };

const reduce = (state: ConversationView, change: Change): ConversationView => {
  if ('event' in change) return withEvent(state, change.event);
  return change.view.seq >= state.seq ? change.view : state;
};

/**
 * The conversation, kept up to date while a question of it is being answered. In between nothing is
 * left open: an answer takes a second, and browsers allow few streams at a time.
 */
export function useConversation(view: ConversationView): ConversationView {
  const client = useTRPCClient();
  const [state, change] = useReducer(reduce, view);
  useEffect(() => change({ view }), [view]);
  const latest = useRef(state);
  latest.current = state;
  const readAgain = useCallback(() => {
    client.asking.conversation.query({ conversationId: view.id }).then(
      (read) => change({ view: read }),
      () => setTimeout(readAgain, READ_AGAIN_MS),
    );
  }, [client, view.id]);
  const isLive = underWay(state) !== null;
  useEffect(() => {
    if (!isLive) return;
    const subscription = client.asking.watch.subscribe(
      { conversationId: view.id, after: latest.current.seq },
      {
        onData: ({ data: event }) => {
          if (event.type === 'resync' || tellsLess(latest.current, event)) readAgain();
          else change({ event });
        },
        onError: readAgain,
        onConnectionStateChange: ({ state: connection }) =>
          reportConnection(connection === 'pending' ? 'live' : 'reconnecting'),
      },
    );
    return () => {
      subscription.unsubscribe();
      reportConnection('idle');
    };
  }, [client, view.id, isLive, readAgain]);
  return state;
}
