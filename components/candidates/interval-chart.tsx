'use client';

import { useSyncExternalStore } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { formatFigure } from '@/components/ui/format';
import type { Ranked } from './ranking';

const ROW_PX = 26;
const AXIS_PX = 54;

/** Intervals under each other against the two thresholds, as a forest plot has them. */
export function IntervalChart({
  ranked,
  scale,
  go,
  noGo,
}: {
  ranked: readonly Ranked[];
  scale: number;
  go: number;
  noGo: number;
}) {
  const isWide = useIsWide();
  const ticks = ticksOf(scale, isWide ? 0.25 : 0.5);
  const end = ticks.at(-1) ?? scale;
  const room = isWide ? 34 : 16;
  const data = ranked.map(({ rank, candidate: { indication, interval } }) => ({
    name: clip(`${rank}  ${indication}`, room),
    range: [interval.low, interval.high],
  }));
  const name = { fontSize: 12, fill: 'var(--color-ink)' };
  const mark = (label: string) =>
    ({ value: label, position: 'top', fontSize: 12, fill: 'var(--color-ink-2)' }) as const;
  return (
    <ResponsiveContainer width="100%" height={AXIS_PX + ROW_PX * data.length}>
      <BarChart
        accessibilityLayer={false}
        data={data}
        layout="vertical"
        barSize={6}
        margin={{ top: 20, left: 0, right: 12, bottom: 0 }}
      >
        <CartesianGrid horizontal={false} stroke="var(--color-rule)" />
        <XAxis
          type="number"
          domain={[-end, end]}
          ticks={ticks}
          interval={0}
          tickFormatter={(value: number) => formatFigure(value, 2)}
          stroke="var(--color-control)"
          tick={{ ...name, fill: 'var(--color-ink-2)' }}
        />
        <YAxis
          type="category"
          dataKey="name"
          width={isWide ? 240 : 118}
          interval={0}
          tickLine={false}
          stroke="var(--color-control)"
          tick={name}
        />
        <ReferenceLine x={0} stroke="var(--color-rule-strong)" />
        <ReferenceLine x={noGo} stroke="var(--color-bad)" strokeDasharray="4 3" label={mark('N')} />
        <ReferenceLine
          x={go}
          stroke="var(--color-accent)"
          strokeDasharray="4 3"
          label={mark('G')}
        />
        <Bar
          dataKey="range"
          fill="var(--color-accent)"
          isAnimationActive={false}
          minPointSize={3}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}

/** Even steps either side of zero, at most eight, past the longest interval. */
function ticksOf(scale: number, least: number): number[] {
  const step = [least, 2 * least, 4 * least].find((by) => scale / by <= 4) ?? Math.ceil(scale / 4);
  const sides = Math.ceil(scale / step);
  return Array.from({ length: 2 * sides + 1 }, (_, index) => (index - sides) * step);
}

const clip = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;

const WIDE = '(min-width: 40rem)';

function useIsWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(WIDE);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => matchMedia(WIDE).matches,
    () => true,
  );
}
