/** What an entry is called, and the versions that make it void. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Namespace } from './schema';

export interface Entry {
  namespace: Namespace;
  /** Null: the same for everyone. Else nobody of another workspace can ever be answered from it. */
  workspaceId: string | null;
  /**
   * The state that the value was computed from (of code, of data). It is what keeps processes right that
   * do not hear of each other; invalidation only frees what nobody should be answered from any longer.
   */
  version: string;
  /** Any JSON. */
  key: unknown;
}

export interface Place {
  namespace?: Namespace;
  workspaceId?: string;
}

/** Form of stored values; another form is not read. */
export const FORM = 1;

export const hashOf = ({ workspaceId, version, key }: Entry): string =>
  createHash('sha256')
    .update(canonicalize({ workspaceId, version, key }) as string)
    .digest('hex');

/** Where values, counters and locks of one installation lie. */
export function namesOf(environment: string) {
  const prefix = `phial:${environment}:cache`;
  return {
    value: (entry: Entry) => `${prefix}:${entry.namespace}:${hashOf(entry)}`,
    /** Counters that a value is stamped with: of everything, its namespace, its workspace, of both. */
    counters: ({ namespace, workspaceId }: Entry) => [
      counterOf(prefix, {}),
      counterOf(prefix, { namespace }),
      counterOf(prefix, { workspaceId: workspaceId ?? '-' }),
      counterOf(prefix, { namespace, workspaceId: workspaceId ?? '-' }),
    ],
    counter: (place: Place) => counterOf(prefix, place),
    lock: (value: string, stamp: string) => `${value}:lock:${stamp}`,
    counts: `${prefix}:counts`,
    sizes: (namespace: Namespace) => `${prefix}:sizes:${namespace}`,
    asked: (namespace: Namespace) => `${prefix}:asked:${namespace}`,
  };
}
export type Names = ReturnType<typeof namesOf>;

const counterOf = (prefix: string, { namespace, workspaceId }: Place) =>
  `${prefix}:version:${namespace ?? '*'}:${workspaceId ?? '*'}`;

export const stampOf = (counters: readonly (string | number | null | undefined)[]): string =>
  counters.map((n) => n ?? 0).join('.');

export const written = (stamp: string, value: unknown): string =>
  JSON.stringify({ form: FORM, stamp, value });

/** The value of a stored text, or undefined when it is void, of another form or not ours. */
export function read(
  text: string | null | undefined,
  stamp: string,
): { value: unknown } | undefined {
  if (!text) return undefined;
  try {
    const stored = JSON.parse(text) as { form?: unknown; stamp?: unknown; value?: unknown };
    if (stored?.form === FORM && stored.stamp === stamp && 'value' in stored) {
      return { value: stored.value };
    }
  } catch {
    // Somebody else's text, or half of ours.
  }
  return undefined;
}
