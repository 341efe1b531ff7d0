import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { byline } from '@/components/asking/words';
import { PAPER_LOOK } from '@/components/papers/words';
import { ButtonLink } from '@/components/ui/button';
import { TextLink } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/section';
import { Callout } from '@/components/ui/states';
import { StatusMark } from '@/components/ui/status';
import { TabLinks } from '@/components/ui/tabs';
import { loadPaper } from './load-paper';

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  // Not found is the page's to say; a title it needs all the same.
  const paper = await loadPaper((await params).id).catch(() => null);
  if (!paper) return { title: 'Not found' };
  return { title: { default: paper.title, template: `%s · ${paper.title} · Phial` } };
}

export default async function PaperLayout({ params, children }: Params & { children: ReactNode }) {
  const { id } = await params;
  const paper = await loadPaper(id);
  const look = PAPER_LOOK[paper.processingStatus];
  const base = `/papers/${id}`;
  return (
    <>
      <PageHeader
        title={paper.title}
        trail={<TextLink href="/papers">Papers</TextLink>}
        status={<StatusMark state={look.state}>{look.word}</StatusMark>}
        summary={[byline(paper), paper.venue].filter(Boolean).join(' · ') || undefined}
        actions={
          !paper.deletedAt &&
          paper.chunkCount > 0 && (
            <ButtonLink href={`/ask?paper=${id}`} look="primary">
              Ask this paper
            </ButtonLink>
          )
        }
      />
      {paper.deletedAt && (
        <Callout tone="caution" title="This paper lies in the bin">
          It is not searched and answers nothing. Restore it in the library.
        </Callout>
      )}
      {paper.errorMessage && (
        <Callout
          tone={paper.processingStatus === 'failed' ? 'bad' : 'caution'}
          title={paper.errorMessage}
        />
      )}
      <div className="mt-6">
        <TabLinks
          label="Parts of this paper"
          items={[
            { href: base, label: 'Read' },
            { href: `${base}/sections`, label: 'Sections', count: paper.sections.length },
            { href: `${base}/references`, label: 'References', count: paper.references.length },
            { href: `${base}/report`, label: 'Parse report' },
            { href: `${base}/details`, label: 'Details' },
          ]}
        />
      </div>
      <div className="mt-6">{children}</div>
    </>
  );
}
