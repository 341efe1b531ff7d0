/** Makes citations out of a parsed JSON body: a value is only ever taken together with its pointer. */
import type { Json, ValuePlace } from '@/server/evidence/schema';
import type { Snapshot } from './contract';

/** RFC 6901, section 3: `~` and `/` inside a reference token. */
export function pointerOf(...tokens: (string | number)[]): string {
  return tokens.map((token) => `/${escapeToken(String(token))}`).join('');
}

/** The citation of the value at `pointer`; null when nothing stands there or it is JSON null. */
export function cite(snapshot: Snapshot, pointer: string): ValuePlace | null {
  let cursor = jsonCursor(snapshot);
  if (pointer === '') return cursor.place();
  for (const token of pointer.slice(1).split('/')) {
    cursor = cursor.at(token.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return cursor.place();
}

/** A cursor at the root of the body. Throws SourceFault `unreadable` when the body is not JSON. */
export function jsonCursor(snapshot: Snapshot): JsonCursor {
  return new JsonCursor(snapshot.sha256, '', snapshot.json());
}

/**
 * A place in a parsed JSON body. Moving never fails: a cursor where nothing stands is `missing`, and
 * all it yields is null or empty, as JSON null does.
 */
export class JsonCursor {
  constructor(
    readonly snapshotSha256: string,
    readonly pointer: string,
    readonly value: Json | undefined,
  ) {}

  get missing(): boolean {
    return this.value === undefined || this.value === null;
  }

  at(...tokens: (string | number)[]): JsonCursor {
    let value = this.value;
    for (const token of tokens) value = child(value, String(token));
    return new JsonCursor(this.snapshotSha256, this.pointer + pointerOf(...tokens), value);
  }

  /** The elements of an array, else none. */
  items(): JsonCursor[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map((_, index) => this.at(index));
  }

  /** The members of an object with their names, else none. */
  entries(): [string, JsonCursor][] {
    if (!isObject(this.value)) return [];
    return Object.keys(this.value).map((key) => [key, this.at(key)]);
  }

  place(): ValuePlace | null {
    return this.missing ? null : this.citation(this.value as Json);
  }

  /** Null where there is no string or only blanks. */
  string(): ValuePlace<string> | null {
    return typeof this.value === 'string' && this.value.trim() !== ''
      ? this.citation(this.value)
      : null;
  }

  number(): ValuePlace<number> | null {
    return typeof this.value === 'number' ? this.citation(this.value) : null;
  }

  boolean(): ValuePlace<boolean> | null {
    return typeof this.value === 'boolean' ? this.citation(this.value) : null;
  }

  /** The strings of an array, each cited by itself. */
  strings(): ValuePlace<string>[] {
    return this.items().flatMap((item) => item.string() ?? []);
  }

  /** An array of strings as one citation; null where it is missing, empty or of other things. */
  stringList(): ValuePlace<string[]> | null {
    const { value } = this;
    if (!Array.isArray(value) || value.length === 0) return null;
    return value.every((item): item is string => typeof item === 'string')
      ? this.citation(value)
      : null;
  }

  private citation<T>(value: T): ValuePlace<T> {
    return { snapshotSha256: this.snapshotSha256, pointer: this.pointer, value };
  }
}

function child(value: Json | undefined, token: string): Json | undefined {
  if (Array.isArray(value)) {
    return /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  }
  return isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
