/** Which key press means which action. Pure; the listener is in `keys.tsx`. */

export type Shortcut = {
  /** One key as `KeyboardEvent.key` names it, or several in sequence parted by spaces: "j", "g d". */
  keys: string;
  /** What it does, for the list that `?` opens. */
  label: string;
  /** Heading in that list. */
  group: string;
};

export type Resolved<T> = { run: T | null; pending: string[] };

/**
 * Takes the keys pressed so far and one more. A finished sequence names its shortcut; an unfinished
 * one is kept pending; anything else starts anew with the last key. Later shortcuts win, so that a
 * table or a drawer can take over a key from the page around it.
 */
export function resolveKey<T extends { keys: string }>(
  shortcuts: readonly T[],
  pending: readonly string[],
  key: string,
): Resolved<T> {
  const typed = [...pending, key];
  const run = shortcuts.findLast((shortcut) => shortcut.keys === typed.join(' '));
  if (run) return { run, pending: [] };
  if (shortcuts.some((shortcut) => shortcut.keys.startsWith(`${typed.join(' ')} `))) {
    return { run: null, pending: typed };
  }
  return pending.length > 0 ? resolveKey(shortcuts, [], key) : { run: null, pending: [] };
}

/**
 * The row that is `delta` away from the active one. With no active row, or one that has gone, it
 * starts from where that row stood (`lastIndex`), so that rows arriving or leaving do not throw the
 * reader back to the top.
 */
export function stepRow(
  ids: readonly string[],
  activeId: string | null,
  lastIndex: number,
  delta: 1 | -1,
): string | null {
  if (ids.length === 0) return null;
  const at = activeId === null ? -1 : ids.indexOf(activeId);
  if (at === -1 && lastIndex < 0) return (delta === 1 ? ids[0] : ids.at(-1)) ?? null;
  const from = at === -1 ? lastIndex - (delta === 1 ? 1 : 0) : at;
  const next = Math.min(ids.length - 1, Math.max(0, from + delta));
  return ids[next] ?? null;
}
