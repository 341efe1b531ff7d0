'use client';

import dynamic from 'next/dynamic';
import { KIND_WORDS } from '@/components/evidence/filter';
import { Table, Td, Th } from '@/components/ui/table';
import type { Tally } from '@/server/feedback/stats';
import { SOURCE_NAMES } from '@/server/reports/csl';

/** Drawn in the browser alone: its server's form has inline styles, which the page's policy refuses. */
const TallyBars = dynamic(() => import('./tally-bars').then((m) => m.TallyBars), { ssr: false });

const NAMES = {
  source: (name: string) => SOURCE_NAMES[name as keyof typeof SOURCE_NAMES] ?? name,
  kind: (name: string) => KIND_WORDS[name as keyof typeof KIND_WORDS]?.many ?? name,
  level: (name: string) => (name === 'none' ? 'not classified' : name),
};

/** Votes against to the left, votes for to the right, and the same figures as a table. */
export function TallyChart({
  label,
  names,
  tallies,
}: {
  label: string;
  names: keyof typeof NAMES;
  tallies: readonly Tally[];
}) {
  const rows = tallies.map(({ name, up, down }) => ({
    name: NAMES[names](name),
    up,
    down: -down,
  }));
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <div aria-hidden className="min-w-0 overflow-hidden">
        <TallyBars rows={rows} />
      </div>
      <Table label={label}>
        <thead>
          <tr>
            <Th>Of</Th>
            <Th numeric>Up</Th>
            <Th numeric>Down</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <Td rowHead>{row.name}</Td>
              <Td numeric>{row.up}</Td>
              <Td numeric>{-row.down}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
