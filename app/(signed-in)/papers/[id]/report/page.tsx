import type { Metadata } from 'next';
import { Identifier } from '@/components/ui/copy';
import { formatBytes, formatCount, formatDuration } from '@/components/ui/format';
import { DefinitionList, Section } from '@/components/ui/section';
import { EmptyState } from '@/components/ui/states';
import { loadPaper } from '../load-paper';

export const metadata: Metadata = { title: 'Parse report' };

export default async function ReportPage({ params }: { params: Promise<{ id: string }> }) {
  const { parseReport, fileName, fileBytes, fileHash, chunkCount, errorMessage } = await loadPaper(
    (await params).id,
  );
  return (
    <div className="grid max-w-4xl gap-8">
      <Section title="Reading">
        {parseReport ? (
          <>
            <p className="mb-3">{parseReport.sentence}</p>
            <DefinitionList
              items={[
                { term: 'Pages', value: formatCount(parseReport.pages) },
                { term: 'Unreadable pages', value: list(parseReport.unreadable) },
                { term: 'Pages without text', value: list(parseReport.withoutText) },
                {
                  term: 'Hidden characters',
                  value: `${formatCount(parseReport.hiddenCharacters)}; what a reader of the page does not see is never quoted`,
                },
                { term: 'Passages to search', value: formatCount(chunkCount) },
                { term: 'Took', value: formatDuration(parseReport.tookMs) },
                { term: 'Memory at most', value: formatBytes(parseReport.peakMemoryBytes) },
                { term: 'Version of the reader', value: parseReport.readerVersion },
              ]}
            />
          </>
        ) : (
          <EmptyState title="This paper has not been read">
            {errorMessage ?? 'The report is written when reading it ends.'}
          </EmptyState>
        )}
      </Section>
      <Section title="File">
        <DefinitionList
          items={[
            { term: 'Name', value: fileName },
            { term: 'Size', value: fileBytes === null ? null : formatBytes(fileBytes) },
            {
              term: 'SHA-256',
              value: fileHash && <Identifier value={fileHash} label="SHA-256 of the file" />,
            },
          ]}
        />
      </Section>
    </div>
  );
}

const list = (pages: readonly number[]) => (pages.length === 0 ? 'none' : pages.join(', '));
