import type { Metadata } from 'next';
import { cx } from '@/components/ui/cx';
import { TextLink } from '@/components/ui/link';
import { EmptyState } from '@/components/ui/states';
import { loadAddresses, loadPaper } from '../load-paper';

export const metadata: Metadata = { title: 'Sections' };

/** By level, from 1; style attributes are refused by the page's policy. */
const INDENTS = ['', 'pl-5', 'pl-10', 'pl-15'];

export default async function SectionsPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { sections, processingStatus } = await loadPaper(id);
  if (sections.length === 0) {
    return (
      <EmptyState title="No sections are known">
        {processingStatus === 'ready' || processingStatus === 'partial'
          ? 'No headings were recognised in this paper. All of its text is searched all the same.'
          : 'They are known once the paper has been read.'}
      </EmptyState>
    );
  }
  const addressOf = await loadAddresses(id);
  return (
    <ol className="max-w-3xl">
      {sections.map(({ heading, kind, level, place }) => (
        <li
          key={`${place.page}:${place.start}`}
          className={cx(
            'flex items-baseline justify-between gap-4 border-b border-rule py-1.5',
            INDENTS[Math.min(level, INDENTS.length) - 1],
          )}
        >
          <span className="min-w-0">
            <TextLink href={addressOf([place])} className="wrap-anywhere">
              {heading}
            </TextLink>
            {kind !== 'other' && <span className="ml-2 text-sm text-ink-2">{kind}</span>}
          </span>
          <span className="shrink-0 text-sm text-ink-2">page {place.page}</span>
        </li>
      ))}
    </ol>
  );
}
