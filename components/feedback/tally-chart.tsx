'use client';

import { Bar, BarChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { KIND_WORDS } from '@/components/evidence/filter';
import { Table, Td, Th } from '@/components/ui/table';
import type { Tally } from '@/server/feedback/stats';
import { SOURCE_NAMES } from '@/server/reports/csl';

const ROW_PX = 30;
const AXIS_PX = 34;

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
  const end = Math.max(1, ...tallies.flatMap(({ up, down }) => [up, down]));
  const axis = { fontSize: 12, fill: 'var(--color-ink-2)' };
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <div aria-hidden>
        <ResponsiveContainer width="100%" height={AXIS_PX + ROW_PX * rows.length}>
          <BarChart
            accessibilityLayer={false}
            data={rows}
            layout="vertical"
            barSize={12}
            stackOffset="sign"
            margin={{ top: 4, left: 0, right: 12, bottom: 0 }}
          >
            <XAxis
              type="number"
              domain={[-end, end]}
              allowDecimals={false}
              tickFormatter={(value: number) => String(Math.abs(value))}
              stroke="var(--color-control)"
              tick={axis}
            />
            <YAxis
              type="category"
              dataKey="name"
              width={120}
              stroke="var(--color-control)"
              tick={{ ...axis, fill: 'var(--color-ink)' }}
            />
            <ReferenceLine x={0} stroke="var(--color-ink-2)" />
            <Bar dataKey="down" stackId="votes" fill="var(--color-bad)" isAnimationActive={false} />
            <Bar
              dataKey="up"
              stackId="votes"
              fill="var(--color-accent)"
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
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
