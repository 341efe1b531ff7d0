'use client';

import { FacetList } from '@/components/ui/facets';
import { InputField } from '@/components/ui/field';
import type { EvidenceRow } from '@/server/evidence/rows';
import type { Change } from './evidence-address';
import { type EvidenceFilter, FACETS, type Facet, facetCounts, facetWord } from './filter';

interface Narrowed {
  rows: EvidenceRow[];
  filter: EvidenceFilter;
  /** Names of indications by their key. */
  indications: Readonly<Record<string, string>>;
  change: (next: Change) => void;
}

/** The search field and the facets; on a narrow screen the facets are folded. */
export function RecordFilters({ search, ...narrowed }: Narrowed & { search: string }) {
  return (
    <aside aria-label="Filters" data-screen-only className="mb-5">
      <InputField
        label="Search records"
        type="search"
        data-search
        placeholder="Title, number, journal"
        value={search}
        onChange={(e) => narrowed.change({ q: e.target.value })}
      />
      <details className="mt-3 lg:hidden">
        <summary className="link inline-block py-1 text-sm">Filters</summary>
        <Facets {...narrowed} />
      </details>
      <div className="mt-3 max-lg:hidden">
        <Facets {...narrowed} />
      </div>
    </aside>
  );
}

const LEGENDS: Record<Facet, string> = {
  kind: 'Kind',
  alarm: 'To be careful with',
  level: 'Evidence level',
  stance: 'Direction of articles',
  role: 'Molecule’s role in trials',
  source: 'Source',
  indication: 'Indication',
};

/** A facet with a single value narrows nothing and is left out. */
function Facets({ rows, filter, indications, change }: Narrowed) {
  return FACETS.map((facet) => {
    const counts = facetCounts(rows, filter, facet);
    if (counts.length < 2 && facet !== 'alarm' && filter[facet].length === 0) return null;
    if (counts.length === 0) return null;
    return (
      <FacetList
        key={facet}
        legend={LEGENDS[facet]}
        name={facet}
        selected={filter[facet]}
        onChange={(selected) => change({ [facet]: selected })}
        items={counts.map(({ value, count }) => ({
          value,
          count,
          label: facetWord(facet, value, indications),
        }))}
      />
    );
  });
}
