import type { Figure, Paint, Shape } from '@/server/reports/render/charts';

const HATCH = 'report-hatch';

/** Lines at 45°, the sign of what speaks against; once on a page. */
export function HatchPattern() {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <defs>
        <pattern
          id={HATCH}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line x1="0" x2="0" y1="0" y2="4" strokeWidth="2.4" className="stroke-bad" />
        </pattern>
      </defs>
    </svg>
  );
}

const PAINT: Record<Paint, string> = {
  support: 'fill-accent stroke-accent',
  against: 'stroke-bad',
  unknown: 'fill-none stroke-control',
  axis: 'stroke-rule',
  zero: 'stroke-rule-strong',
  interval: 'stroke-accent',
};

/** A drawn quantity, with the same shapes as in the report's files; its words are read aloud. */
export function ReportFigure({ figure }: { figure: Figure }) {
  const { width, height, shapes, text } = figure;
  return (
    <svg
      role="img"
      aria-label={text}
      viewBox={`0 0 ${width} ${height}`}
      className="block w-full max-w-64 min-w-36 overflow-visible"
    >
      {shapes.map((shape, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
        <Drawn key={index} shape={shape} />
      ))}
    </svg>
  );
}

function Drawn({ shape }: { shape: Shape }) {
  if (shape.kind === 'line') {
    const { paint, width, kind: _, ...ends } = shape;
    return <line {...ends} strokeWidth={width} className={PAINT[paint]} />;
  }
  const { paint, kind: _, ...box } = shape;
  return (
    <rect
      {...box}
      fill={paint === 'against' ? `url(#${HATCH})` : undefined}
      className={PAINT[paint]}
    />
  );
}
