import type { Metadata } from 'next';
import { createLoader, parseAsNativeArrayOf, parseAsString } from 'nuqs/server';
import { forPage, may } from '@/app/page-context';
import { ConversationList } from '@/components/asking/conversation-list';
import { type ChoosablePaper, PaperChoice } from '@/components/asking/paper-choice';
import { QuestionForm } from '@/components/asking/question-form';
import { byline } from '@/components/asking/words';
import { ButtonLink } from '@/components/ui/button';
import { TextLink } from '@/components/ui/link';
import { PageHeader, Section } from '@/components/ui/section';
import { EmptyState } from '@/components/ui/states';
import { briefPapers, listConversations } from '@/server/asking/queries';
import { listPapers } from '@/server/papers';
import type { Author } from '@/server/papers/reading';
import { askQuestion } from './actions';

export const metadata: Metadata = { title: 'Ask' };

/** `paper`: chosen ones; `q`: finds papers to choose; `cursor`: earlier conversations. */
const load = createLoader({
  paper: parseAsNativeArrayOf(parseAsString),
  q: parseAsString.withDefault(''),
  cursor: parseAsString,
});

const FOUND = 50;

export default async function AskPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { paper: ids, q, cursor } = await load(searchParams);
  const [{ conversations, nextCursor }, found, whole, chosen] = await forPage((ctx) =>
    Promise.all([
      listConversations({ ctx, filter: { cursor: cursor ?? undefined, limit: 20 } }),
      listPapers({ ctx, filter: { search: q || undefined, limit: FOUND } }),
      listPapers({ ctx, filter: { limit: 1 } }),
      briefPapers({ ctx, paperIds: ids ?? [] }),
    ]),
  );
  return (
    <>
      <PageHeader
        title="Ask"
        summary="An answer is made of sentences quoted from your papers. Each opens the page it stands on; where the papers do not answer, that is said."
      />
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_24rem]">
        {!(await may('question.ask')) ? (
          <EmptyState title="Your role may read, but not ask">
            Ask an admin of the workspace to make you a researcher.
          </EmptyState>
        ) : whole.total === 0 ? (
          <EmptyState
            title="There are no papers to ask yet"
            actions={<ButtonLink href="/papers">Add papers</ButtonLink>}
          >
            Drop PDFs there, or paste DOIs and arXiv ids.
          </EmptyState>
        ) : (
          <QuestionForm action={askQuestion}>
            <PaperChoice
              key={(ids ?? []).join()}
              total={whole.total}
              chosen={chosen.map(toChoosable)}
              found={found.papers.map(toChoosable)}
            />
          </QuestionForm>
        )}
        <Section title="Earlier conversations">
          {conversations.length === 0 ? (
            <p className="text-ink-2">Nobody has asked anything yet.</p>
          ) : (
            <ConversationList conversations={conversations} />
          )}
          {nextCursor && (
            <p className="mt-3">
              <TextLink href={`/ask?cursor=${encodeURIComponent(nextCursor)}`}>
                Earlier ones
              </TextLink>
            </p>
          )}
        </Section>
      </div>
    </>
  );
}

const toChoosable = (paper: {
  id: string;
  title: string;
  authors: Author[];
  year: number | null;
}): ChoosablePaper => ({ id: paper.id, title: paper.title, note: byline(paper) });
