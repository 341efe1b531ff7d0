import type { Metadata } from 'next';
import { may } from '@/app/page-context';
import { DetailsForm } from '@/components/papers/details-form';
import { FieldOrigins } from '@/components/papers/field-origins';
import { TextLink } from '@/components/ui/link';
import { DefinitionList, Section } from '@/components/ui/section';
import { Badge } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { edit } from '../actions';
import { loadPaper } from '../load-paper';

export const metadata: Metadata = { title: 'Details' };

const SOURCE_WORDS = { upload: 'as a file', doi: 'by its DOI', arxiv: 'by its arXiv id' } as const;

export default async function DetailsPage({ params }: { params: Promise<{ id: string }> }) {
  const paper = await loadPaper((await params).id);
  return (
    <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
      <div className="grid content-start gap-8">
        <Section title="What is known">
          <FieldOrigins paper={paper} />
        </Section>
        <Section title="In this library">
          <DefinitionList
            items={[
              { term: 'Added', value: <Time at={paper.createdAt} /> },
              { term: 'By', value: paper.addedBy },
              { term: 'How', value: SOURCE_WORDS[paper.source] },
              {
                term: 'Tags',
                value:
                  paper.tags.length === 0 ? (
                    'none'
                  ) : (
                    <span className="flex flex-wrap gap-1.5">
                      {paper.tags.map((tag) => (
                        <Badge key={tag}>{tag}</Badge>
                      ))}
                    </span>
                  ),
              },
              {
                term: 'The same work',
                value:
                  paper.duplicates.length === 0
                    ? 'not known here otherwise'
                    : paper.duplicates.map(({ paperId, title, inBin }) => (
                        <span key={paperId} className="block">
                          <TextLink href={`/papers/${paperId}`}>{title}</TextLink>
                          {inBin && ' (in the bin)'}
                        </span>
                      )),
              },
            ]}
          />
        </Section>
      </div>
      {(await may('paper.write')) && !paper.deletedAt && (
        <div>
          <Section title="Put right what is wrong">
            <DetailsForm paper={paper} action={edit} />
          </Section>
        </div>
      )}
    </div>
  );
}
