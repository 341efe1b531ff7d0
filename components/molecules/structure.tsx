import { cx } from '@/components/ui/cx';

/** Longer SMILES are larger than what a picture can show. */
const MAX_SMILES = 2_000;

/**
 * A compound's structure, drawn on the server. Keeps its place while it is being fetched. Without a
 * structure it says so.
 */
export function Structure({
  smiles,
  name,
  formula,
  width = 320,
  height = 240,
  className,
}: {
  smiles: string | null;
  name: string;
  formula?: string | null;
  width?: number;
  height?: number;
  className?: string;
}) {
  if (!smiles || smiles.length > MAX_SMILES) {
    return (
      <NoStructure {...{ width, height, className }}>
        {smiles ? 'Too large to draw' : 'No structure known'}
      </NoStructure>
    );
  }
  const query = new URLSearchParams({
    smiles,
    width: String(width),
    height: String(height),
  });
  return (
    // biome-ignore lint/performance/noImgElement: drawn on demand as SVG, which next/image hands on as it is
    <img
      src={`/api/structure?${query}`}
      alt={`Structure of ${name}${formula ? `, ${formula}` : ''}`}
      width={width}
      height={height}
      loading="lazy"
      decoding="async"
      className={cx('drawing h-auto max-w-full', className)}
    />
  );
}

/** Holds the place of a drawing that there is not, with the reason. */
export function NoStructure({
  width,
  height,
  className,
  children,
}: {
  width: number;
  height: number;
  className?: string;
  children: string;
}) {
  return (
    <svg
      role="img"
      aria-label={children}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={cx('h-auto max-w-full', className)}
    >
      <rect width={width} height={height} className="fill-sunken" />
      <text
        x="50%"
        y="50%"
        textAnchor="middle"
        dominantBaseline="middle"
        fontSize={width < 160 ? 10 : 13}
        className="fill-ink-2"
      >
        {width < 120 ? '–' : children}
      </text>
    </svg>
  );
}
