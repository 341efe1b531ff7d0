/** What composers share. */
import type { Json } from '@/server/evidence/schema';
import type { MoleculeFacts } from '../facts/types';

export interface Composed {
  body: string;
  contentType: string;
}

/** A request as composers see it. */
export interface Asked {
  path: string;
  query: URLSearchParams;
  body: Json | string | null;
}

/** `null` where a composer does not know such a question: then the connector has changed. */
export type Composer = (asked: Asked, held: readonly MoleculeFacts[]) => Composed | null;

export function json(body: Json): Composed {
  return { body: JSON.stringify(body), contentType: 'application/json' };
}

/** The molecules that one of a search's quoted words names. */
export function named(search: string, held: readonly MoleculeFacts[]): MoleculeFacts[] {
  const words = new Set(
    [...search.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word.toLowerCase()),
  );
  return held.filter(({ compound }) =>
    [compound.name, ...compound.genericNames, ...compound.tradeNames].some((name) =>
      words.has(name.toLowerCase()),
    ),
  );
}

export function isCalled({ compound }: MoleculeFacts, name: string): boolean {
  const wanted = name.toLowerCase();
  return [compound.name, ...compound.genericNames, ...compound.tradeNames].some(
    (known) => known.toLowerCase() === wanted,
  );
}

/** Leaves out members that are not known: a source omits them too. */
export function known(members: Record<string, Json | undefined>): { [key: string]: Json } {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}
