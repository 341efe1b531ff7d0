/** Puts what several molecules have in common on one line. Pure and browser-safe. */
import { type Candidate, LABELS } from './schema';

/** How many molecules can be compared: fewer are no comparison, more do not fit beside each other. */
export const COMPARED = { min: 2, max: 4 } as const;

/** One indication, with what each molecule has for it; null where it is not among its candidates. */
export interface AlignedCandidate {
  key: string;
  indication: string;
  ids: Candidate['ids'];
  cells: (Candidate | null)[];
}

/**
 * Lines up candidates by MeSH descriptor; those without one by an EFO id that another molecule's
 * candidate of that descriptor states, else by name. Two candidates of one molecule never share a line.
 * What most molecules share comes first, then by the best label and the highest interval.
 */
export function alignCandidates(columns: readonly (readonly Candidate[])[]): AlignedCandidate[] {
  const rows: AlignedCandidate[] = [];
  const place = (
    candidate: Candidate,
    column: number,
    fits: (row: AlignedCandidate) => boolean,
  ) => {
    const row = rows.find((known) => known.cells[column] === null && fits(known));
    if (row) {
      row.cells[column] = candidate;
      row.ids = joined(row.ids, candidate.ids);
      return;
    }
    rows.push({
      key: keyOf(candidate),
      indication: candidate.indication,
      ids: candidate.ids,
      cells: columns.map((_, index) => (index === column ? candidate : null)),
    });
  };
  // Descriptors first: whichever order the molecules stand in, they gather the ids that others join by.
  columns.forEach((candidates, column) => {
    for (const candidate of candidates) {
      if (candidate.ids.mesh)
        place(candidate, column, (row) => row.ids.mesh === candidate.ids.mesh);
    }
  });
  columns.forEach((candidates, column) => {
    for (const candidate of candidates) {
      if (candidate.ids.mesh) continue;
      const { efo } = candidate.ids;
      place(candidate, column, (row) =>
        efo.length > 0 ? row.ids.efo.some((id) => efo.includes(id)) : row.key === keyOf(candidate),
      );
    }
  });
  return rows.sort(
    (a, b) =>
      filled(b) - filled(a) ||
      bestLabel(a) - bestLabel(b) ||
      reach(b) - reach(a) ||
      (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
}

function keyOf({ ids, indication }: Candidate): string {
  return ids.mesh ?? ids.efo[0] ?? `name:${indication.trim().toLowerCase()}`;
}

const joined = (a: Candidate['ids'], b: Candidate['ids']): Candidate['ids'] => ({
  mesh: a.mesh ?? b.mesh,
  efo: [...new Set([...a.efo, ...b.efo])].sort(),
});

const present = ({ cells }: AlignedCandidate) => cells.filter((cell) => cell !== null);
const filled = (row: AlignedCandidate) => present(row).length;
/** Approved uses stand before any label: most is known of them. */
const bestLabel = (row: AlignedCandidate) =>
  Math.min(...present(row).map(({ label }) => (label === null ? -1 : LABELS.indexOf(label))));
const reach = (row: AlignedCandidate) =>
  Math.max(...present(row).map(({ interval }) => interval.low + interval.high));

/** Things of several molecules by a name they share; what most share comes first. */
export function alignByName<T>(
  columns: readonly (readonly T[])[],
  nameOf: (item: T) => string,
): { name: string; cells: T[][] }[] {
  const rows = new Map<string, { name: string; cells: T[][] }>();
  columns.forEach((items, column) => {
    for (const item of items) {
      const name = nameOf(item);
      const key = name.trim().toLowerCase();
      const row = rows.get(key) ?? { name, cells: columns.map(() => []) };
      row.cells[column]?.push(item);
      rows.set(key, row);
    }
  });
  const shared = (row: { cells: T[][] }) => row.cells.filter((cell) => cell.length > 0).length;
  return [...rows.values()].sort(
    (a, b) => shared(b) - shared(a) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}
