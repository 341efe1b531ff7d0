'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Dialog } from './dialog';
import { Checkbox } from './field';
import { keysCookie, savePreference } from './preferences';
import { resolveKey, type Shortcut } from './shortcuts';

type Live = Shortcut & { run: (event: KeyboardEvent) => void };

type Registry = {
  add: (shortcuts: Live[]) => () => void;
  openHelp: () => void;
};

const KeysContext = createContext<Registry | null>(null);

/** A sequence such as "g d" is given up when its second key takes longer than this. */
const sequenceTimeoutMs = 1200;

/**
 * Listens for single-key shortcuts, once for the whole page, and holds the list that `?` shows.
 * They can be switched off there (WCAG 2.1.4), because speech input types letters.
 */
export function KeysProvider({
  initiallyOn,
  children,
}: {
  initiallyOn: boolean;
  children: ReactNode;
}) {
  const [on, setOn] = useState(initiallyOn);
  const [helpOpen, setHelpOpen] = useState(false);
  const [groups, setGroups] = useState<Live[][]>([]);
  const pending = useRef<string[]>([]);
  const lastAt = useRef(0);

  const add = useCallback((shortcuts: Live[]) => {
    setGroups((before) => [...before, shortcuts]);
    return () => setGroups((before) => before.filter((group) => group !== shortcuts));
  }, []);
  const openHelp = useCallback(() => setHelpOpen(true), []);
  const registry = useMemo(() => ({ add, openHelp }), [add, openHelp]);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!on || !isShortcutPress(event)) return;
    if (event.timeStamp - lastAt.current > sequenceTimeoutMs) pending.current = [];
    lastAt.current = event.timeStamp;
    const help: Live = { keys: '?', label: 'Show the keys', group: 'Everywhere', run: openHelp };
    const resolved = resolveKey([help, ...groups.flat()], pending.current, event.key);
    pending.current = resolved.pending;
    if (resolved.run) {
      event.preventDefault();
      resolved.run.run(event);
    }
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);

  const changeOn = (next: boolean) => {
    setOn(next);
    savePreference(keysCookie, next ? 'on' : 'off');
  };

  return (
    <KeysContext value={registry}>
      {children}
      <Dialog open={helpOpen} onOpenChange={setHelpOpen} title="Keys">
        <KeyList shortcuts={groups.flat()} />
        <div className="mt-5 border-t border-rule pt-3">
          <Checkbox
            checked={on}
            onChange={(event) => changeOn(event.target.checked)}
            label="Single-key shortcuts"
            note="Switch them off if you dictate, or if another tool uses the same keys."
          />
        </div>
      </Dialog>
    </KeysContext>
  );
}

/** Opens the list of keys; for a button. */
export function useKeyHelp(): () => void {
  const registry = useContext(KeysContext);
  if (!registry) throw new Error('useKeyHelp needs a KeysProvider above it');
  return registry.openHelp;
}

/** Registers shortcuts for as long as the component is shown. */
export function useKeys(group: string, shortcuts: Omit<Live, 'group'>[]): void {
  const registry = useContext(KeysContext);
  if (!registry) throw new Error('useKeys needs a KeysProvider above it');
  const runAt = useEffectEvent((index: number, event: KeyboardEvent) =>
    shortcuts[index]?.run(event),
  );
  const shape = JSON.stringify(shortcuts.map(({ keys, label }) => ({ keys, label })));
  useEffect(() => {
    const shown: Omit<Shortcut, 'group'>[] = JSON.parse(shape);
    return registry.add(
      shown.map((shortcut, index) => ({
        ...shortcut,
        group,
        run: (event) => runAt(index, event),
      })),
    );
  }, [registry, group, shape]);
}

/** Letters typed into a field, held with a modifier or meant for a button are not shortcuts. */
function isShortcutPress(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return true;
  const typing =
    target.closest('[contenteditable="true"], textarea, select, [role="menu"], [role="listbox"]') ??
    target.closest(
      'input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"], [type="submit"])',
    );
  if (typing) return false;
  if (target.closest('[role="dialog"]:not([data-keys="pass"])')) return false;
  const pressable = target.closest('a, button, summary, input, [role="tab"]');
  return !(pressable && (event.key === 'Enter' || event.key === ' '));
}

function KeyList({ shortcuts }: { shortcuts: Shortcut[] }) {
  const groups = [...new Set(['Everywhere', ...shortcuts.map(({ group }) => group)])];
  const help: Shortcut = { keys: '?', label: 'Show this list', group: 'Everywhere' };
  return (
    <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
      {groups.map((group) => (
        <section key={group} aria-label={group}>
          <h3 className="border-b border-rule-strong pb-1 text-sm">{group}</h3>
          <dl>
            {[...shortcuts, help]
              .filter((shortcut) => shortcut.group === group)
              .map((shortcut) => (
                <div
                  key={shortcut.keys}
                  className="flex items-baseline justify-between gap-4 border-b border-rule py-1 text-sm"
                >
                  <dt>{shortcut.label}</dt>
                  <dd className="flex gap-1">
                    <Keys keys={shortcut.keys} />
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

const keyNames: Record<string, string> = {
  Enter: 'Enter',
  Escape: 'Esc',
  ' ': 'Space',
  ArrowDown: '↓',
  ArrowUp: '↑',
};

/** A sequence as keycaps: "g d" is two. */
export function Keys({ keys }: { keys: string }) {
  const caps = keys === ' ' ? [' '] : keys.split(' ');
  return caps.map((cap, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a fixed sequence, in which a key may stand twice
    <Kbd key={index}>{keyNames[cap] ?? cap}</Kbd>
  ));
}

/** One keycap. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-5 rounded-sm border border-b-2 border-control bg-surface px-1 text-center text-xs leading-4 text-ink-2">
      {children}
    </kbd>
  );
}
