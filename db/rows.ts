/** Rows of statements that are written by hand, in Drizzle's form. */
import { getTableColumns, getTableName, type InferSelectModel, sql, type Table } from 'drizzle-orm';

/** For statements that run often: Drizzle's builder takes longer over one than the server does. */
export function rowsOf<T extends Table>(table: T) {
  const columns = Object.entries(getTableColumns(table));
  const list = columns.map(
    ([name, column]) => `"${getTableName(table)}"."${column.name}" as "${name}"`,
  );
  return {
    /** All columns of the table under their names in code. */
    columns: sql.raw(list.join(', ')),
    /** A row read by `columns`, with values as Drizzle reads them. */
    read(row: Record<string, unknown>): InferSelectModel<T> {
      const values: Record<string, unknown> = {};
      for (const [name, column] of columns) {
        const value = row[name];
        values[name] = value === null ? null : column.mapFromDriverValue(value);
      }
      return values as InferSelectModel<T>;
    },
  };
}
