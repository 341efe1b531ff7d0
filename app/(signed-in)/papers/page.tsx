import type { Metadata } from 'next';
import { forPage, may } from '@/app/page-context';
import { Library } from '@/components/library/library';
import { filterOf, queryOf } from '@/components/library/query';
import { formatCountOf } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/section';
import { Callout } from '@/components/ui/states';
import { listPapers } from '@/server/papers';
import { addIdentifiers, change } from './actions';

export const metadata: Metadata = { title: 'Papers' };

type Search = Record<string, string | string[] | undefined>;

export default async function PapersPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const query = queryOf(search);
  const list = await forPage((ctx) => listPapers({ ctx, filter: filterOf(query) }));
  return (
    <>
      <PageHeader
        title="Papers"
        trail={<TextLink href="/">Dashboard</TextLink>}
        summary="Papers of this workspace. Whatever is answered from them opens the page with the passage highlighted."
      />
      <Outcome search={search} />
      <Library
        initial={list}
        query={query}
        mayWrite={await may('paper.write')}
        addIdentifiers={addIdentifiers}
        change={change}
      />
    </>
  );
}

/** What became of files that were sent without scripts. */
function Outcome({ search }: { search: Search }) {
  const count = (name: string) => Number(search[name]) || 0;
  const refused = [search.refused ?? []].flat().slice(0, 20);
  const [added, known] = [count('added'), count('known')];
  if (added + known + refused.length === 0) return null;
  const parts = [
    added > 0 && `${formatCountOf(added, 'file')} added`,
    known > 0 && `${formatCountOf(known, 'file')} here already`,
    refused.length > 0 && `${formatCountOf(refused.length, 'file')} refused`,
  ];
  return (
    <div className="mb-6">
      <Callout
        tone={refused.length > 0 ? 'caution' : 'neutral'}
        title={parts.filter(Boolean).join(', ')}
      >
        {refused.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
      </Callout>
    </div>
  );
}
