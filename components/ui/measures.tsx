import Link from 'next/link';
import { Fragment, type ReactNode, useId } from 'react';
import { cx } from './cx';
import { formatCount, formatFigure } from './format';
import { heatLevel, heatSteps, toPercent } from './scale';

/**
 * Drawn quantities. Each has its text beside it, and positions are attributes of SVG, not styles,
 * so that they print and need no inline style.
 */

/** An interval on a scale, drawn as an error bar, with its two ends in figures. */
export function IntervalBar({
  low,
  high,
  min,
  max,
  marks = [],
  namesMarks = true,
  decimals = 2,
  label,
}: {
  low: number;
  high: number;
  min: number;
  max: number;
  /** Thresholds that matter, each with its name. */
  marks?: readonly { at: number; label: string }[];
  /** False where a column's head names them once for all rows. */
  namesMarks?: boolean;
  decimals?: number;
  /** What is measured, for those who only hear it. */
  label: string;
}) {
  const at = (value: number) => `${toPercent(value, min, max)}%`;
  const figures = `${formatFigure(low, decimals)} to ${formatFigure(high, decimals)}`;
  const named = namesMarks && marks.length > 0;
  return (
    <div className="flex items-start gap-3">
      <svg
        aria-hidden="true"
        className={cx('w-0 min-w-24 flex-1 overflow-visible', named ? 'h-9' : 'h-5')}
      >
        <line x1="0%" x2="100%" y1="10" y2="10" className="stroke-rule" />
        {min < 0 && max > 0 && (
          <line x1={at(0)} x2={at(0)} y1="5" y2="15" className="stroke-control" />
        )}
        {marks.map((mark) => (
          <g key={mark.label}>
            <line
              x1={at(mark.at)}
              x2={at(mark.at)}
              y1="0"
              y2="20"
              strokeDasharray="2 2"
              className="stroke-ink-2"
            />
            {named && (
              <text x={at(mark.at)} y="33" textAnchor="middle" className="fill-ink-2 text-xs">
                {mark.label}
              </text>
            )}
          </g>
        ))}
        <line
          x1={at(low)}
          x2={at(high)}
          y1="10"
          y2="10"
          strokeWidth="4"
          className="stroke-accent"
        />
        {[low, high].map((end, index) => (
          <line
            // biome-ignore lint/suspicious/noArrayIndexKey: two fixed ends, which may be equal
            key={index}
            x1={at(end)}
            x2={at(end)}
            y1="4"
            y2="16"
            strokeWidth="2"
            className="stroke-accent"
          />
        ))}
      </svg>
      <span className="shrink-0 text-sm whitespace-nowrap">
        <span className="sr-only">{label}: </span>
        {figures}
        <span className="sr-only">
          {' '}
          on a scale from {formatFigure(min, decimals)} to {formatFigure(max, decimals)}
          {marks.map((mark) => `; ${mark.label} at ${formatFigure(mark.at, decimals)}`).join('')}
        </span>
      </span>
    </div>
  );
}

/** Lines at 45°, the sign of what speaks against. */
function Hatch({ id }: { id: string }) {
  return (
    <pattern
      id={id}
      width="5"
      height="5"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <line x1="0" x2="0" y1="0" y2="5" strokeWidth="3" className="stroke-bad" />
    </pattern>
  );
}

/**
 * Two sums that are never netted: what speaks against runs left of the middle, hatched; what
 * supports runs right, solid. `supportHigh` and `againstHigh` reach as far as what is not known
 * could carry each, as an open outline.
 */
export function BalanceBar({
  support,
  against,
  supportHigh = support,
  againstHigh = against,
  max,
  decimals = 2,
}: {
  support: number;
  against: number;
  supportHigh?: number;
  againstHigh?: number;
  /** The length of each side, the same for every bar that is to be compared. */
  max: number;
  decimals?: number;
}) {
  const hatch = useId();
  const half = (value: number) => toPercent(value, 0, max) / 2;
  return (
    <div className="flex items-center gap-2 text-sm">
      <span className="w-10 shrink-0 text-right">
        <span className="sr-only">Against: </span>
        {formatFigure(against, decimals)}
      </span>
      <svg aria-hidden="true" className="h-4 w-0 min-w-24 flex-1 overflow-visible">
        <defs>
          <Hatch id={hatch} />
        </defs>
        {againstHigh > against && (
          <Bar from={50 - half(againstHigh)} width={half(againstHigh)} className="stroke-control" />
        )}
        {supportHigh > support && (
          <Bar from={50} width={half(supportHigh)} className="stroke-control" />
        )}
        {against > 0 && (
          <Bar
            from={50 - half(against)}
            width={half(against)}
            className="stroke-bad"
            fill={`url(#${hatch})`}
          />
        )}
        {support > 0 && (
          <Bar from={50} width={half(support)} className="fill-accent stroke-accent" />
        )}
        <line x1="50%" x2="50%" y1="-1" y2="17" className="stroke-rule-strong" />
      </svg>
      <span className="w-10 shrink-0">
        <span className="sr-only">Support: </span>
        {formatFigure(support, decimals)}
      </span>
    </div>
  );
}

function Bar({
  from,
  width,
  fill = 'none',
  className,
}: {
  from: number;
  width: number;
  fill?: string;
  className: string;
}) {
  return (
    <rect
      x={`${from}%`}
      width={`${width}%`}
      y="2.5"
      height="11"
      fill={className.includes('fill-') ? undefined : fill}
      className={className}
    />
  );
}

type Side = { count: number; href?: string };

/** Below this many items a bar would look like a measurement that is none. */
const fewestForBar = 3;

/** How many items say one thing, the other, or neither; words alone where there are too few. */
export function SupportBar({
  supports,
  contradicts,
  unclear,
  words = { supports: 'support', contradicts: 'contradict', unclear: 'unclear' },
}: {
  supports: Side;
  contradicts: Side;
  unclear: Side;
  words?: { supports: string; contradicts: string; unclear: string };
}) {
  const hatch = useId();
  const total = supports.count + contradicts.count + unclear.count;
  const parts = [
    { id: 'supports', ...supports, word: words.supports },
    { id: 'contradicts', ...contradicts, word: words.contradicts },
    { id: 'unclear', ...unclear, word: words.unclear },
  ];
  const width = (count: number) => (total === 0 ? 0 : (count / total) * 100);
  return (
    <div>
      {total >= fewestForBar && (
        <svg aria-hidden="true" className="block h-4 w-full min-w-24 overflow-visible">
          <defs>
            <Hatch id={hatch} />
          </defs>
          {unclear.count > 0 && (
            <Bar
              from={width(supports.count)}
              width={width(unclear.count)}
              className="stroke-control"
            />
          )}
          {supports.count > 0 && (
            <Bar from={0} width={width(supports.count)} className="fill-accent stroke-accent" />
          )}
          {contradicts.count > 0 && (
            <Bar
              from={100 - width(contradicts.count)}
              width={width(contradicts.count)}
              className="stroke-bad"
              fill={`url(#${hatch})`}
            />
          )}
        </svg>
      )}
      <p className="text-sm">
        {parts.map((part, index) => (
          <Fragment key={part.id}>
            {index > 0 && <span className="text-ink-3"> · </span>}
            <Counted {...part} />
          </Fragment>
        ))}
      </p>
    </div>
  );
}

function Counted({ count, word, href }: { count: number; word: ReactNode; href?: string }) {
  const text = (
    <>
      {formatCount(count)} {word}
    </>
  );
  if (!href || count === 0) return <span className={count === 0 ? 'text-ink-3' : ''}>{text}</span>;
  return (
    <Link href={href} className="link">
      {text}
    </Link>
  );
}

/** A table cell whose ground deepens with its value; the figure is always printed in it. */
export function HeatCell({
  value,
  max,
  decimals = 2,
  href,
}: {
  /** `null` where nothing is known. */
  value: number | null;
  max: number;
  decimals?: number;
  href?: string;
}) {
  if (value === null) {
    return (
      <td data-numeric className="heat-cell" data-level="none">
        <span aria-hidden>–</span>
        <span className="sr-only">not known</span>
      </td>
    );
  }
  const text = formatFigure(value, decimals);
  return (
    <td data-numeric className="heat-cell" data-level={heatLevel(value, max)}>
      {href ? (
        <Link href={href} className="underline underline-offset-2">
          {text}
        </Link>
      ) : (
        text
      )}
    </td>
  );
}

/** What the steps of the heat cells stand for. */
export function HeatLegend({ low, high }: { low: string; high: string }) {
  return (
    <p className="flex items-center gap-2 text-sm text-ink-2">
      {low}
      <span aria-hidden className="inline-flex">
        {Array.from({ length: heatSteps + 1 }, (_, level) => level).map((level) => (
          <span key={level} className="heat-cell size-4" data-level={level} />
        ))}
      </span>
      {high}
    </p>
  );
}

/** How much of a known amount is done, graduated where the steps can be counted. */
export function Progress({ done, total, label }: { done: number; total: number; label: string }) {
  const share = toPercent(done, 0, total);
  const graduated = total > 1 && total <= 24;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      aria-valuetext={`${formatCount(done)} of ${formatCount(total)}`}
      className="w-full"
    >
      <svg aria-hidden="true" className="block h-2.5 w-full">
        <rect x="0" y="0" width="100%" height="6" className="fill-wash" />
        <rect x="0" y="0" width={`${share}%`} height="6" className="fill-accent" />
        {graduated &&
          Array.from({ length: total - 1 }, (_, index) => toPercent(index + 1, 0, total)).map(
            (x) => (
              <line key={x} x1={`${x}%`} x2={`${x}%`} y1="0" y2="10" className="stroke-control" />
            ),
          )}
      </svg>
    </div>
  );
}
