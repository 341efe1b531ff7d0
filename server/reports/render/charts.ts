/**
 * Drawn quantities as plain shapes with their text: support is solid, opposition hatched, what is not
 * known an open outline, so a figure reads in greyscale too. HTML and PDF draw the same shapes.
 */
import type { Interval } from '../schema';
import { figure as figures, range } from './text';

export type Paint = 'support' | 'against' | 'unknown' | 'axis' | 'zero' | 'interval';

export type Shape =
  | { kind: 'box'; x: number; y: number; width: number; height: number; paint: Paint }
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; paint: Paint; width: number };

export interface Figure {
  width: number;
  height: number;
  shapes: Shape[];
  /** What it shows, in words. */
  text: string;
}

const WIDTH = 160;
const BAR = 9;

interface Sums {
  support: Interval;
  against: Interval;
  interval: Interval;
}

/** The half-width of the scale that all candidates of a report share. */
export function scaleOf(candidates: readonly Sums[]): number {
  const reach = candidates.flatMap(({ support, against, interval }) =>
    [support.high, against.high, interval.low, interval.high].map(Math.abs),
  );
  return Math.max(0.1, ...reach);
}

/** Against runs left of the middle, support right; each open as far as the unknown could carry it. */
export function balanceFigure({ support, against }: Sums, scale: number): Figure {
  const middle = WIDTH / 2;
  const y = 2.5;
  const length = (value: number) => round((Math.max(0, value) / scale) * (middle - 1));
  const toRight = (value: number, paint: Paint): Shape[] =>
    value > 0 ? [{ kind: 'box', x: middle, y, width: length(value), height: BAR, paint }] : [];
  const toLeft = (value: number, paint: Paint): Shape[] =>
    value > 0
      ? [
          {
            kind: 'box',
            x: round(middle - length(value)),
            y,
            width: length(value),
            height: BAR,
            paint,
          },
        ]
      : [];
  return {
    width: WIDTH,
    height: BAR + 5,
    shapes: [
      ...(against.high > against.low ? toLeft(against.high, 'unknown') : []),
      ...(support.high > support.low ? toRight(support.high, 'unknown') : []),
      ...toLeft(against.low, 'against'),
      ...toRight(support.low, 'support'),
      { kind: 'line', x1: middle, x2: middle, y1: 0, y2: BAR + 5, paint: 'zero', width: 1 },
    ],
    text: `Against ${range(against)}, support ${range(support)}, each on a scale to ${figures(scale)}.`,
  };
}

/** An interval as an error bar on the scale from −scale to scale. */
export function intervalFigure({ low, high }: Interval, scale: number): Figure {
  const height = BAR + 5;
  const y = height / 2;
  const at = (value: number) => round(1 + ((value + scale) / (2 * scale)) * (WIDTH - 2));
  const ends: Shape[] = [low, high].map((value) => ({
    kind: 'line',
    x1: at(value),
    x2: at(value),
    y1: y - 4.5,
    y2: y + 4.5,
    paint: 'interval',
    width: 1.5,
  }));
  return {
    width: WIDTH,
    height,
    shapes: [
      { kind: 'line', x1: 0, x2: WIDTH, y1: y, y2: y, paint: 'axis', width: 1 },
      { kind: 'line', x1: at(0), x2: at(0), y1: 0, y2: height, paint: 'zero', width: 1 },
      { kind: 'line', x1: at(low), x2: at(high), y1: y, y2: y, paint: 'interval', width: 3 },
      ...ends,
    ],
    text: `Interval ${range({ low, high })} on a scale from ${figures(-scale)} to ${figures(scale)}.`,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
