'use client';

import { Bar, BarChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';

const ROW_PX = 30;
const AXIS_PX = 34;

/** Bars to the left for `down`, which is negative, and to the right for `up`. */
export function TallyBars({
  rows,
}: {
  rows: readonly { name: string; up: number; down: number }[];
}) {
  const end = Math.max(1, ...rows.flatMap(({ up, down }) => [up, -down]));
  const axis = { fontSize: 12, fill: 'var(--color-ink-2)' };
  return (
    <ResponsiveContainer width="100%" height={AXIS_PX + ROW_PX * rows.length}>
      <BarChart
        accessibilityLayer={false}
        data={[...rows]}
        layout="vertical"
        barSize={12}
        stackOffset="sign"
        margin={{ top: 4, left: 0, right: 12, bottom: 0 }}
      >
        <XAxis
          type="number"
          domain={[-end, end]}
          ticks={[-end, 0, end]}
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
        <Bar dataKey="up" stackId="votes" fill="var(--color-accent)" isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}
