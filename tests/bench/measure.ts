/** Figures of the benchmarks: each against its baseline in the same run, and the table they end in. */

export interface Figure {
  /** What was measured, in words that a reader of the table understands. */
  name: string;
  unit: string;
  value: number;
  baseline: { name: string; value: number };
  goal: Goal | null;
  /** Where the time goes, and the other percentiles; for the JSON. */
  details?: Record<string, number | string>;
}

/** `of` says what is held against the limit: the ratio to the baseline, the difference, or the value. */
export interface Goal {
  of: 'ratio' | 'difference' | 'value';
  atMost: number;
}

/** Prints one line while a benchmark works. */
export type Say = (line: string) => void;

/** Measures and cleans up after itself; throws when it could not run. */
export type Benchmark = (say: Say) => Promise<Figure[]>;

/** Of unsorted samples; `q` from 0 to 1, interpolated. */
export function quantile(samples: readonly number[], q: number): number {
  if (samples.length === 0) throw new Error('There are no samples to take a quantile of');
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return below + (above - below) * (at - Math.floor(at));
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

export interface Judged extends Figure {
  ratio: number;
  met: boolean | null;
}

export function judge(figure: Figure): Judged {
  const { value, baseline, goal } = figure;
  const ratio = value / baseline.value;
  const held = { ratio, difference: value - baseline.value, value };
  return { ...figure, ratio, met: goal ? held[goal.of] <= goal.atMost : null };
}

function goalInWords({ goal, unit }: Figure): string {
  if (!goal) return '';
  if (goal.of === 'ratio') return `≤ ${goal.atMost} ×`;
  return `≤ ${goal.atMost} ${unit}${goal.of === 'difference' ? ' more' : ''}`;
}

export function table(figures: readonly Judged[]): string {
  const number = (value: number) => String(Number(value.toPrecision(value < 1 ? 2 : 3)));
  const head = ['', 'figure', 'baseline', 'ratio', 'goal', 'met'];
  const rows = figures.map((figure) => [
    figure.name,
    `${number(figure.value)} ${figure.unit}`,
    `${number(figure.baseline.value)} ${figure.unit} (${figure.baseline.name})`,
    `${number(figure.ratio)} ×`,
    goalInWords(figure),
    figure.met === null ? '' : figure.met ? 'yes' : 'NO',
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length)));
  const line = (row: string[]) => row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ');
  return [line(head), widths.map((width) => '─'.repeat(width)).join('──'), ...rows.map(line)]
    .map((text) => text.trimEnd())
    .join('\n');
}
