'use client';

import { useEffect } from 'react';
import { NoWorker } from '@/components/jobs/no-worker';
import { SearchField } from '@/components/search-field';
import { ButtonLink } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { useRowSelection } from '@/components/ui/rows';
import { Section } from '@/components/ui/section';
import { EmptyState } from '@/components/ui/states';
import { Pager, TableCount } from '@/components/ui/table';
import type { FormAction } from '@/components/ui/use-form-action';
import type { PaperList } from '@/server/papers';
import { AddPapers } from './add-papers';
import { LibraryFilters } from './filters';
import { useLiveLibrary } from './live-library';
import { PaperTable } from './paper-table';
import { addressOf, fieldsOf, filterOf, isNarrowed, type LibraryQuery, PAGE_SIZE } from './query';
import { SelectionBar } from './selection-bar';

/** The workspace's papers: adding, finding, tagging, deleting, live while they are read. */
export function Library({
  initial,
  query,
  mayWrite,
  addIdentifiers,
  change,
}: {
  initial: PaperList;
  query: LibraryQuery;
  mayWrite: boolean;
  addIdentifiers: FormAction;
  change: FormAction;
}) {
  const { list, look } = useLiveLibrary(filterOf(query), initial);
  const { selected, set, toggle, clear } = useRowSelection();
  const { page, ...narrowing } = query;
  // Whatever is chosen in the bin is not what is chosen outside of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: going there or back is the reason
  useEffect(clear, [query.bin, clear]);
  const isEmpty = list.total === 0 && !isNarrowed(query);
  const from = (page - 1) * PAGE_SIZE + 1;
  const { q: _, page: __, ...kept } = fieldsOf(query);
  return (
    <>
      {mayWrite && !query.bin && <AddPapers addIdentifiers={addIdentifiers} onAdded={look} />}
      <Section
        title={query.bin ? 'Bin' : 'Library'}
        note={
          query.bin
            ? 'Deleted papers answer no question. Restore them, or remove them for good.'
            : undefined
        }
        actions={
          <>
            {!isEmpty && (
              <SearchField
                label="Search papers"
                placeholder="Title, author, DOI"
                action="/papers"
                keep={kept}
              />
            )}
            <TextLink href={query.bin ? '/papers' : '/papers?bin=1'}>
              {query.bin ? 'Back to the library' : `Bin (${formatCount(list.inBin)})`}
            </TextLink>
          </>
        }
      >
        <NoWorker waiting={list.unfinished > 0} />
        {isEmpty ? (
          <NothingYet bin={query.bin} />
        ) : (
          <>
            <LibraryFilters query={query} facets={list.facets} />
            <SelectionBar
              papers={list.papers}
              selected={selected}
              set={set}
              clear={clear}
              query={query}
              mayWrite={mayWrite}
              change={change}
              onChanged={look}
            />
            {list.papers.length > 0 ? (
              <>
                <PaperTable
                  papers={list.papers}
                  query={query}
                  selected={selected}
                  toggle={toggle}
                />
                <div className="mt-2">
                  <TableCount
                    shown={list.total}
                    total={query.bin ? list.inBin : list.inLibrary}
                    one="paper"
                  />
                </div>
                {list.total > PAGE_SIZE && (
                  <Pager
                    from={from}
                    to={Math.min(from + PAGE_SIZE - 1, list.total)}
                    total={list.total}
                    previousHref={page > 1 ? addressOf({ ...narrowing, page: page - 1 }) : null}
                    nextHref={
                      from + PAGE_SIZE - 1 < list.total
                        ? addressOf({ ...narrowing, page: page + 1 })
                        : null
                    }
                  />
                )}
              </>
            ) : (
              <EmptyState
                title="No paper matches"
                actions={
                  <ButtonLink href={query.bin ? '/papers?bin=1' : '/papers'}>
                    Show all {query.bin ? 'of the bin' : 'papers'}
                  </ButtonLink>
                }
              >
                The search looks in titles, authors and file names, and for a DOI or arXiv id as a
                whole.
              </EmptyState>
            )}
          </>
        )}
      </Section>
    </>
  );
}

function NothingYet({ bin }: { bin: boolean }) {
  return bin ? (
    <EmptyState title="The bin is empty">What you delete lies here until you purge it.</EmptyState>
  ) : (
    <EmptyState title="No papers yet">
      Add PDFs, DOIs or arXiv ids above. Each is read page by page while you watch; then it can be
      searched, asked and cited.
    </EmptyState>
  );
}
