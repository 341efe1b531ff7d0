import Link from 'next/link';
import { PAPER_LOOK } from '@/components/papers/words';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { FacetList } from '@/components/ui/facets';
import { InputField } from '@/components/ui/field';
import { formatCount } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import type { PaperList } from '@/server/papers';
import { PROCESSING_STATUSES, type ProcessingStatus } from '@/server/papers/schema';
import { addressOf, fieldsOf, isNarrowed, type LibraryQuery } from './query';

/** Ways to narrow the library, with how many papers each would leave. Plain links and a plain form. */
export function LibraryFilters({
  query,
  facets,
}: {
  query: LibraryQuery;
  facets: PaperList['facets'];
}) {
  const { tags: _, from: __, to: ___, page: ____, ...kept } = fieldsOf(query);
  const years = facets.years.map(({ value }) => value);
  const chosen = query.tags.length + query.years.filter((year) => year !== null).length;
  const tags = [
    ...facets.tags.map(({ value, n }) => ({ value, label: value, count: n })),
    ...query.tags
      .filter((tag) => !facets.tags.some(({ value }) => value === tag))
      .map((tag) => ({ value: tag, label: tag, count: 0 })),
  ];
  return (
    <div className="mb-3 space-y-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <StatusChoice query={query} counts={facets.status} />
        {isNarrowed(query) && (
          <TextLink
            href={addressOf({
              ...query,
              q: '',
              status: [],
              tags: [],
              years: [null, null],
              page: 1,
            })}
            className="text-sm"
          >
            Lift all filters
          </TextLink>
        )}
      </div>
      {(tags.length > 0 || years.length > 0) && (
        <details open={chosen > 0} className="text-sm">
          <summary className="link inline-block">
            Tags and years{chosen > 0 && `, ${chosen} chosen`}
          </summary>
          <form action="/papers" className="grid gap-x-8 sm:grid-cols-2">
            {Object.entries(kept).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            {tags.length > 0 && (
              <FacetList
                key={query.tags.join()}
                legend="Tags"
                name="tags"
                items={tags}
                selected={query.tags}
              />
            )}
            <fieldset key={query.years.join()} className="border-t border-rule py-3">
              <legend className="float-left mb-1.5 w-full font-medium">Year</legend>
              <div className="clear-both flex flex-wrap items-end gap-3">
                <YearField label="From" name="from" value={query.years[0]} hint={years.at(-1)} />
                <YearField label="To" name="to" value={query.years[1]} hint={years[0]} />
                <Button type="submit" size="sm">
                  Narrow
                </Button>
              </div>
            </fieldset>
          </form>
        </details>
      )}
    </div>
  );
}

function YearField({
  label,
  name,
  value,
  hint,
}: {
  label: string;
  name: string;
  value: number | null;
  hint: number | undefined;
}) {
  return (
    <InputField
      label={label}
      name={name}
      className="w-24"
      inputMode="numeric"
      pattern="\d{4}"
      maxLength={4}
      defaultValue={value ?? ''}
      placeholder={hint ? String(hint) : undefined}
    />
  );
}

function StatusChoice({
  query,
  counts,
}: {
  query: LibraryQuery;
  counts: PaperList['facets']['status'];
}) {
  const count = (status: ProcessingStatus) => counts.find(({ value }) => value === status)?.n ?? 0;
  const all = counts.reduce((sum, { n }) => sum + n, 0);
  const choices: { label: string; status: ProcessingStatus[]; n: number }[] = [
    { label: 'All', status: [], n: all },
    ...PROCESSING_STATUSES.map((status) => ({
      label: PAPER_LOOK[status].word,
      status: [status],
      n: count(status),
    })),
  ];
  return (
    <nav aria-label="Papers by status" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {choices.map(({ label, status, n }) => {
        const chosen = status.join() === query.status.join();
        if (n === 0 && !chosen && status.length > 0) return null;
        return (
          <Link
            key={label}
            href={addressOf({ ...query, status, page: 1 })}
            scroll={false}
            aria-current={chosen ? 'true' : undefined}
            className={cx(
              'inline-flex items-center gap-1.5 border-b-2 border-transparent text-ink-2 hover:text-ink pointer-coarse:min-h-11',
              'aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink',
            )}
          >
            {label} <span className="text-ink-2">{formatCount(n)}</span>
          </Link>
        );
      })}
    </nav>
  );
}
