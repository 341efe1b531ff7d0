/** A comparison as a table for other programs. Pure. */
import type { ComparedMolecule } from '@/server/reports/compare';
import { csvCell } from '@/server/reports/exports';
import { type CompareRow, compareSections } from './rows';

/** RFC 4180, UTF-8; every row of every section, and each report's hash among them. */
export function compareCsv(molecules: readonly ComparedMolecule[]): string {
  const rows = compareSections(molecules, true).flatMap((section) =>
    section.rows
      .filter(isWritten)
      .map(({ term, note, cells }) => [
        section.title,
        term,
        note ?? '',
        ...cells.map(({ text }) => text ?? 'not known'),
      ]),
  );
  return [['section', 'row', 'note', ...molecules.map(({ name }) => name)], ...rows]
    .map((row) => `${row.map(csvCell).join(',')}\r\n`)
    .join('');
}

const isWritten = ({ cells }: CompareRow) => cells.every(({ smiles }) => smiles === undefined);
