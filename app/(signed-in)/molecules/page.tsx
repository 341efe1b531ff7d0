import type { Metadata } from 'next';
import { createLoader, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { forPage } from '@/app/page-context';
import { type MoleculeSort, MoleculeTable } from '@/components/molecules/molecule-table';
import { SearchField } from '@/components/search-field';
import { ButtonLink } from '@/components/ui/button';
import { TextLink } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/section';
import { EmptyState } from '@/components/ui/states';
import { TableCount } from '@/components/ui/table';
import { listMolecules } from '@/server/jobs/queries';

export const metadata: Metadata = { title: 'Molecules' };

const loadQuery = createLoader({
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(['latest', 'name']).withDefault('latest'),
});

export default async function MoleculesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { q, sort } = await loadQuery(searchParams);
  const search = q.slice(0, 200).trim();
  const all = await forPage((ctx) => listMolecules({ ctx }));
  const found = search ? await forPage((ctx) => listMolecules({ ctx, search })) : all;
  const molecules =
    sort === 'name' ? found.toSorted((a, b) => compareNames(a.name, b.name)) : found;
  return (
    <>
      <PageHeader
        title="Molecules"
        trail={<TextLink href="/">Dashboard</TextLink>}
        summary="Every compound this workspace has asked about, with its latest job."
        actions={
          all.length > 0 && (
            <SearchField
              label="Search molecules"
              placeholder="Name or InChIKey"
              action="/molecules"
              keep={sort === 'latest' ? {} : { sort }}
            />
          )
        }
      />
      {all.length === 0 ? (
        <EmptyState
          title="No compound has been identified yet"
          actions={
            <ButtonLink href="/new" look="primary">
              Ask about a molecule
            </ButtonLink>
          }
        >
          A molecule appears here once a job knows which compound it is about.
        </EmptyState>
      ) : (
        <>
          <div className="mb-3">
            <TableCount
              shown={molecules.length}
              total={all.length}
              one="molecule"
              clear={<TextLink href={address('', sort)}>Clear the search</TextLink>}
            />
          </div>
          {molecules.length > 0 ? (
            <MoleculeTable
              molecules={molecules}
              sort={sort}
              sortHrefs={{ latest: address(q, 'latest'), name: address(q, 'name') }}
            />
          ) : (
            <EmptyState title={`No molecule is called “${search}”`}>
              The search looks in names, and for an InChIKey as a whole.
            </EmptyState>
          )}
        </>
      )}
    </>
  );
}

const compareNames = new Intl.Collator('en', { numeric: true }).compare;

function address(q: string, sort: MoleculeSort): string {
  const search = new URLSearchParams();
  if (q) search.set('q', q);
  if (sort !== 'latest') search.set('sort', sort);
  return search.size > 0 ? `/molecules?${search}` : '/molecules';
}
