'use client';

import { Columns3 } from 'lucide-react';
import { Menu, MenuCheckbox } from './menu';

/** Which columns a table shows. Columns that are `fixed` always stay. */
export function ColumnChooser({
  columns,
  visible,
  onChange,
}: {
  columns: readonly { id: string; label: string; fixed?: boolean }[];
  visible: readonly string[];
  onChange: (visible: string[]) => void;
}) {
  return (
    <Menu label="Columns" size="sm" icon={<Columns3 aria-hidden className="size-4" />}>
      {columns.map((column) => (
        <MenuCheckbox
          key={column.id}
          disabled={column.fixed}
          checked={column.fixed === true || visible.includes(column.id)}
          onChange={(on) =>
            onChange(
              columns
                .map(({ id }) => id)
                .filter((id) => (id === column.id ? on : visible.includes(id))),
            )
          }
        >
          {column.label}
        </MenuCheckbox>
      ))}
    </Menu>
  );
}
