import { createLoader, parseAsInteger, parseAsNativeArrayOf, parseAsString } from 'nuqs/server';
import { forPage } from '@/app/page-context';
import { ReadPaper } from '@/components/papers/read-paper';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/states';
import { locateMarks } from '@/server/asking';
import { parseMark } from '@/server/asking/marks';
import { loadPaper } from './load-paper';

/** `mark`: passages to highlight; `at`: which of them is looked at, from 1. */
const load = createLoader({
  page: parseAsInteger,
  mark: parseAsNativeArrayOf(parseAsString),
  at: parseAsInteger,
});

const MOST_MARKS = 200;

export default async function ReadPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { id } = await params;
  const paper = await loadPaper(id);
  const { mark } = await load(searchParams);
  const marks = (mark ?? []).slice(0, MOST_MARKS).flatMap((text) => parseMark(text) ?? []);
  if (!paper.fileHash) {
    return (
      <EmptyState
        title="There is no file to read"
        actions={<ButtonLink href="/papers">To the library</ButtonLink>}
      >
        Only the record of this paper is known. Add its PDF to the library, and the two are brought
        together.
      </EmptyState>
    );
  }
  const located = paper.deletedAt
    ? []
    : await forPage((ctx) => locateMarks({ ctx, paperId: id, marks }));
  return <ReadPaper paperId={id} located={located} unread={(mark ?? []).length - marks.length} />;
}
