'use client';

import { type MouseEvent, useCallback, useRef, useState } from 'react';
import { useKeys } from './keys';
import { stepRow } from './shortcuts';

export type RowAction = { key: string; label: string; run: (id: string) => void };

/**
 * Moves through a table's rows by keyboard: j and k (or the arrows, once a row has the focus) move,
 * Enter opens, `actions` add keys that act on the active row. Put `bodyRef` on the tbody and spread
 * `rowProps(id)` on each tr. The active row is kept by id, so rows that arrive do not shift it.
 */
export function useRowKeys({
  ids,
  onOpen,
  onToggle,
  onMove,
  actions = [],
}: {
  ids: readonly string[];
  onOpen: (id: string) => void;
  /** Selects or deselects the active row, with s. */
  onToggle?: (id: string) => void;
  /** Follows the active row, for a drawer that stays open. */
  onMove?: (id: string) => void;
  actions?: RowAction[];
}) {
  const bodyRef = useRef<HTMLTableSectionElement>(null);
  const lastIndex = useRef(-1);
  const [activeId, setActiveId] = useState<string | null>(null);

  const activate = (id: string) => {
    lastIndex.current = ids.indexOf(id);
    setActiveId(id);
  };
  const move = (delta: 1 | -1) => {
    const next = stepRow(ids, activeId, lastIndex.current, delta);
    if (next === null) return;
    activate(next);
    const row = bodyRef.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(next)}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
    onMove?.(next);
  };
  const withActive = (run: (id: string) => void) => () => {
    if (activeId !== null && ids.includes(activeId)) run(activeId);
  };

  useKeys('Table', [
    { keys: 'j', label: 'Next row', run: () => move(1) },
    { keys: 'k', label: 'Previous row', run: () => move(-1) },
    { keys: 'Enter', label: 'Open the row', run: withActive(onOpen) },
    ...(onToggle ? [{ keys: 's', label: 'Select the row', run: withActive(onToggle) }] : []),
    ...actions.map(({ key, label, run }) => ({ keys: key, label, run: withActive(run) })),
  ]);

  const firstFocusable = activeId !== null && ids.includes(activeId) ? activeId : ids[0];
  const rowProps = (id: string) => ({
    'data-row': id,
    'data-active': id === activeId || undefined,
    tabIndex: id === firstFocusable ? 0 : -1,
    onFocus: () => activate(id),
    onClick: (event: MouseEvent<HTMLElement>) => {
      const inner =
        event.target instanceof Element && event.target.closest('a, button, input, label');
      if (!inner && window.getSelection()?.isCollapsed !== false) onOpen(id);
    },
  });
  return { activeId, bodyRef, rowProps };
}

/** Which rows are chosen. Kept by id, so it outlives paging, sorting and filtering. */
export function useRowSelection() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const set = useCallback((ids: readonly string[], on: boolean) => {
    setSelected((before) => {
      const next = new Set(before);
      for (const id of ids) {
        if (on) next.add(id);
        else next.delete(id);
      }
      return next;
    });
  }, []);
  const toggle = useCallback((id: string) => {
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const clear = useCallback(() => setSelected(new Set()), []);
  return { selected, set, toggle, clear };
}
