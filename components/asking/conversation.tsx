'use client';

import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useRef } from 'react';
import { NoWorker } from '@/components/jobs/no-worker';
import { cx } from '@/components/ui/cx';
import { Time } from '@/components/ui/time';
import { type FormAction, useFormAction } from '@/components/ui/use-form-action';
import type { ConversationView } from '@/server/asking/queries';
import { Answer } from './answer';
import { underWay } from './conversation-state';
import { QuestionForm } from './question-form';
import { SourcePanel } from './source-panel';
import { useConversation } from './use-conversation';
import { numberedCitations } from './words';

/** `open`: the answer and the number of its citation that is shown beside; `page`: where one turned to. */
const parsers = { open: parseAsString, page: parseAsInteger };

export interface AskingActions {
  ask: FormAction;
  stop: FormAction;
  askAgain: FormAction;
}

/** Questions and answers, with the cited page beside them. */
export function Conversation({
  view,
  mayAsk,
  actions,
}: {
  view: ConversationView;
  mayAsk: boolean;
  actions: AskingActions;
}) {
  const conversation = useConversation(view);
  const [{ open, page }, setPlace] = useQueryStates(parsers, { history: 'replace' });
  const opener = useRef<HTMLElement | null>(null);
  const [, stop] = useFormAction(actions.stop, 'Stopped');
  const [, askAgain] = useFormAction(actions.askAgain, 'Asked again');
  const [openAnswer = null, openNumber] = open?.split('.') ?? [];
  const answer = conversation.messages.find((m) => m.answer.id === openAnswer)?.answer;
  const cited = answer
    ? numberedCitations(answer.sentences.length > 0 ? answer.sentences : answer.nearest)
    : [];
  const number = Number(openNumber);
  const isOpen = cited.some((one) => one.number === number);
  const busy = underWay(conversation);
  return (
    <div className={cx('grid gap-x-8', isOpen && 'lg:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]')}>
      <div>
        <NoWorker waiting={busy?.status === 'pending'} />
        <ol className="space-y-10">
          {conversation.messages.map((message) => (
            <li key={message.id}>
              <h2 className="text-lg font-medium whitespace-pre-line wrap-anywhere">
                {message.text}
              </h2>
              <p className="mb-4 text-sm text-ink-2">
                {message.askedBy && `${message.askedBy}, `}
                <Time at={message.createdAt} />
                {message.answer.attempt > 1 && ` · asked ${message.answer.attempt} times`}
              </p>
              <Answer
                question={message.text}
                answer={message.answer}
                conversationId={conversation.id}
                mayAsk={mayAsk}
                forms={{ stop, askAgain }}
                openNumber={isOpen && message.answer.id === openAnswer ? number : null}
                onOpen={(next, marker) => {
                  opener.current = marker;
                  void setPlace({ open: `${message.answer.id}.${next}`, page: null });
                }}
              />
            </li>
          ))}
        </ol>
        {mayAsk && (
          <div className="mt-10 border-t-2 border-rule-strong pt-5">
            <QuestionForm
              key={conversation.messages.length}
              action={actions.ask}
              conversationId={conversation.id}
              isBusy={busy !== null}
            />
          </div>
        )}
      </div>
      {isOpen && (
        <SourcePanel
          cited={cited}
          number={number}
          page={page}
          onNumber={(next) => void setPlace({ open: `${openAnswer}.${next}`, page: null })}
          onPage={(to) => void setPlace({ page: to })}
          onClose={() => {
            void setPlace({ open: null, page: null });
            opener.current?.focus();
          }}
        />
      )}
    </div>
  );
}
