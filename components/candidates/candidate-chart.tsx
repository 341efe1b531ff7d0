'use client';

import {
  Bar,
  BarChart,
  CartesianGrid,
  ErrorBar,
  Legend,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { formatFigure } from '@/components/ui/format';
import type { Candidate } from '@/server/reports/schema';

const mid = ({ low, high }: { low: number; high: number }) => (low + high) / 2;
const half = ({ low, high }: { low: number; high: number }) => (high - low) / 2;
const clip = (text: string) => (text.length > 28 ? `${text.slice(0, 27)}…` : text);

/** Support to the right, opposition to the left, each with the reach of what is unknown. */
export function CandidateChart({ candidates }: { candidates: Candidate[] }) {
  const data = candidates.map((c) => ({
    name: clip(c.indication),
    support: mid(c.support),
    supportReach: half(c.support),
    against: -mid(c.against),
    againstReach: half(c.against),
  }));
  const words = candidates
    .map(
      (c) =>
        `${c.indication}: support ${formatFigure(c.support.low, 2)} to ${formatFigure(c.support.high, 2)}, against ${formatFigure(c.against.low, 2)} to ${formatFigure(c.against.high, 2)}`,
    )
    .join('; ');
  return (
    <figure>
      <div aria-hidden="true" style={{ height: 60 + 38 * data.length }}>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={data}
            layout="vertical"
            stackOffset="sign"
            margin={{ left: 8, right: 16 }}
          >
            <CartesianGrid horizontal={false} stroke="var(--color-rule)" />
            <XAxis
              type="number"
              stroke="var(--color-ink-2)"
              tickFormatter={(v) => formatFigure(Math.abs(v), 2)}
            />
            <YAxis type="category" dataKey="name" width={190} stroke="var(--color-ink-2)" />
            <Legend />
            <Bar
              dataKey="against"
              name="Against"
              stackId="s"
              fill="var(--color-bad)"
              isAnimationActive={false}
            >
              <ErrorBar dataKey="againstReach" direction="x" stroke="var(--color-ink)" />
            </Bar>
            <Bar
              dataKey="support"
              name="Support"
              stackId="s"
              fill="var(--color-accent)"
              isAnimationActive={false}
            >
              <ErrorBar dataKey="supportReach" direction="x" stroke="var(--color-ink)" />
            </Bar>
          </BarChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="sr-only">{words}</figcaption>
      <p className="text-sm text-ink-2">
        Bars end in the middle of what is possible; whiskers reach from everything unknown turning
        out badly to everything turning out well.
      </p>
    </figure>
  );
}
