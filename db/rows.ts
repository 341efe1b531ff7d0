/** Rows of statements that are written by hand, in Drizzle's form. */
import { getTableColumns, type InferSelectModel, type SQL, sql, type Table } from 'drizzle-orm';

/** All columns of the table under their names in code. */
export const columnsOf = (table: Table): SQL =>
  sql.join(
    Object.entries(getTableColumns(table)).map(
      ([name, column]) => sql`${column} as ${sql.identifier(name)}`,
    ),
    sql`, `,
  );

/** A row read by {@link columnsOf}, with values as Drizzle reads them. */
export function rowOf<T extends Table>(
  table: T,
  row: Record<string, unknown>,
): InferSelectModel<T> {
  return Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([name, column]) => {
      const value = row[name];
      return [name, value === null ? null : column.mapFromDriverValue(value)];
    }),
  ) as InferSelectModel<T>;
}
