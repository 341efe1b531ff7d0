import { TextLink } from '@/components/ui/link';
import { StatusMark } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { ConversationSummary } from '@/server/asking/queries';
import { ANSWER_LOOK } from './words';

/** Earlier conversations, the last asked first. */
export function ConversationList({ conversations }: { conversations: ConversationSummary[] }) {
  return (
    <ul className="border-t border-rule-strong">
      {conversations.map(({ id, title, scope, questions, status, askedAt }) => (
        <li key={id} className="border-b border-rule py-2">
          <TextLink href={`/ask/${id}`} className="wrap-anywhere">
            {title}
          </TextLink>
          <p className="flex flex-wrap items-baseline gap-x-3 text-sm text-ink-2">
            <StatusMark state={ANSWER_LOOK[status].state}>{ANSWER_LOOK[status].word}</StatusMark>
            <span>{questions === 1 ? 'One question' : `${questions} questions`}</span>
            <span>{scope === 'all' ? 'all papers' : 'a selection of papers'}</span>
            <Time at={askedAt} />
          </p>
        </li>
      ))}
    </ul>
  );
}
