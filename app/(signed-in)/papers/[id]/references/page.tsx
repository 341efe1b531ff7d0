import type { Metadata } from 'next';
import { ExternalLink, TextLink } from '@/components/ui/link';
import { EmptyState } from '@/components/ui/states';
import { loadAddresses, loadPaper } from '../load-paper';

export const metadata: Metadata = { title: 'References' };

export default async function ReferencesPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { references } = await loadPaper(id);
  if (references.length === 0) {
    return (
      <EmptyState title="No references are known">
        No list of references was recognised in this paper, or it is not read yet.
      </EmptyState>
    );
  }
  const addressOf = await loadAddresses(id);
  return (
    <ol className="max-w-4xl">
      {references.map(({ text, label, doi, arxivId, places }, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, in which a text may stand twice
          key={index}
          className="grid grid-cols-[3rem_minmax(0,1fr)] gap-x-2 border-b border-rule py-2 text-sm"
        >
          <span className="text-right text-ink-2">{label ?? index + 1}</span>
          <span className="min-w-0 wrap-anywhere">
            {text}{' '}
            {doi && <ExternalLink href={`https://doi.org/${encodeURI(doi)}`}>{doi}</ExternalLink>}{' '}
            {arxivId && (
              <ExternalLink href={`https://arxiv.org/abs/${encodeURI(arxivId)}`}>
                arXiv:{arxivId}
              </ExternalLink>
            )}{' '}
            {places[0] && <TextLink href={addressOf(places)}>page {places[0].page}</TextLink>}
          </span>
        </li>
      ))}
    </ol>
  );
}
