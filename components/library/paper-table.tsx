'use client';

import { useRouter } from 'next/navigation';
import { formatCount } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { Progress } from '@/components/ui/measures';
import { useRowKeys } from '@/components/ui/rows';
import { Badge, StatusMark } from '@/components/ui/status';
import { NotKnown, Table, Td, Th } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { PaperSummary } from '@/server/papers';
import { addressOf, type LibraryQuery } from './query';
import { SELECTION_FORM } from './selection-bar';
import { authorLine, paperLook, readingPlace } from './words';

/** Papers with how their reading stands; the boxes belong to the form of the bar above. */
export function PaperTable({
  papers,
  query,
  selected,
  toggle,
}: {
  papers: PaperSummary[];
  query: LibraryQuery;
  selected: ReadonlySet<string>;
  toggle: (id: string) => void;
}) {
  const router = useRouter();
  const { bodyRef, rowProps } = useRowKeys({
    ids: papers.map((paper) => paper.id),
    onOpen: (id) => router.push(`/papers/${id}`),
    onToggle: toggle,
  });
  const sortedBy = (sort: LibraryQuery['sort'], direction: 'ascending' | 'descending') => ({
    href: addressOf({ ...query, sort, page: 1 }),
    direction: query.sort === sort ? direction : null,
  });
  return (
    <Table label={query.bin ? 'Papers in the bin' : 'Papers'}>
      <thead>
        <tr>
          <Th sort={sortedBy('title', 'ascending')}>Paper</Th>
          <Th>Reading</Th>
          <Th numeric sort={sortedBy('year', 'descending')}>
            Year
          </Th>
          <Th numeric>Pages</Th>
          <Th>Tags</Th>
          <Th numeric sort={sortedBy('added', 'descending')}>
            {query.bin ? 'Deleted' : 'Added'}
          </Th>
        </tr>
      </thead>
      <tbody ref={bodyRef}>
        {papers.map((paper) => (
          <tr
            key={paper.id}
            {...rowProps(paper.id)}
            data-selected={selected.has(paper.id) || undefined}
          >
            <Td rowHead>
              <Name paper={paper} isChosen={selected.has(paper.id)} toggle={toggle} />
            </Td>
            <Td>
              <Reading paper={paper} />
            </Td>
            <Td numeric>{paper.year}</Td>
            <Td numeric>{paper.pageCount === null ? null : formatCount(paper.pageCount)}</Td>
            <Td>
              <span className="flex max-w-48 flex-wrap gap-1">
                {paper.tags.length > 0 ? (
                  paper.tags.map((tag) => <Badge key={tag}>{tag}</Badge>)
                ) : (
                  <NoTags />
                )}
              </span>
            </Td>
            <Td numeric>
              <Time at={query.bin ? paper.deletedAt : paper.createdAt} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const NoTags = () => <span className="sr-only">none</span>;

function Name({
  paper,
  isChosen,
  toggle,
}: {
  paper: PaperSummary;
  isChosen: boolean;
  toggle: (id: string) => void;
}) {
  const authors = authorLine(paper.authors);
  const details = [authors, paper.venue].filter(Boolean).join(' · ');
  return (
    <span className="flex max-w-md min-w-52 items-start gap-2.5">
      <input
        type="checkbox"
        name="paper"
        value={paper.id}
        form={SELECTION_FORM}
        checked={isChosen}
        onChange={() => toggle(paper.id)}
        aria-label={`Choose ${paper.title}`}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span className="min-w-0">
        <TextLink href={`/papers/${paper.id}`} className="wrap-anywhere">
          {paper.title}
        </TextLink>
        <span className="block text-xs font-normal wrap-anywhere text-ink-2">
          {details || paper.doi || paper.arxivId || paper.fileName || <NotKnown />}
        </span>
      </span>
    </span>
  );
}

function Reading({ paper }: { paper: PaperSummary }) {
  const { state, word } = paperLook(paper);
  const place = readingPlace(paper);
  return (
    <span className="block max-w-72 min-w-36">
      <StatusMark state={state}>{word}</StatusMark>
      {place && (
        <span className="mt-0.5 block text-xs text-ink-2">
          {place}
          <Progress
            done={paper.pagesRead}
            total={paper.pageCount ?? 1}
            label={`Reading ${paper.title}`}
          />
        </span>
      )}
      {paper.errorMessage && (
        <span className="block text-xs wrap-anywhere text-ink-2">{paper.errorMessage}</span>
      )}
    </span>
  );
}
