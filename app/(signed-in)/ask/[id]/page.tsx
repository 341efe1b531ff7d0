import type { Metadata } from 'next';
import { cache } from 'react';
import { forPage, may } from '@/app/page-context';
import { Conversation } from '@/components/asking/conversation';
import { TextLink } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/section';
import { getConversation } from '@/server/asking/queries';
import { again, askQuestion, stop } from '../actions';

type Params = { params: Promise<{ id: string }> };

const load = cache((conversationId: string) =>
  forPage((ctx) => getConversation({ ctx, conversationId })),
);

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const conversation = await load((await params).id).catch(() => null);
  return { title: conversation?.title ?? 'Not found' };
}

export default async function ConversationPage({ params }: Params) {
  const conversation = await load((await params).id);
  return (
    <>
      <PageHeader
        title="Conversation"
        trail={<TextLink href="/ask">Ask</TextLink>}
        summary={<Scope {...conversation} />}
      />
      <Conversation
        view={conversation}
        mayAsk={await may('question.ask')}
        actions={{ ask: askQuestion, stop, askAgain: again }}
      />
    </>
  );
}

const NAMED = 5;

function Scope({
  scope,
  papers,
}: {
  scope: 'all' | 'selection';
  papers: { id: string; title: string }[];
}) {
  if (scope === 'all') return 'Over all papers of this workspace.';
  if (papers.length === 0) return 'Over a selection of papers, all of which were deleted since.';
  return (
    <>
      Over{' '}
      {papers.slice(0, NAMED).map(({ id, title }, index) => (
        <span key={id}>
          {index > 0 && '; '}
          <TextLink href={`/papers/${id}`}>{title}</TextLink>
        </span>
      ))}
      {papers.length > NAMED && ` and ${papers.length - NAMED} more papers`}.
    </>
  );
}
