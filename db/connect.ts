/** Opens connections as all of Phial uses them. */
import { makePgArray } from 'drizzle-orm/pg-core';
import postgres from 'postgres';

/**
 * A pool of postgres.js that asks no new connection for its array types: it would do so outside of any
 * promise, and a server that ends just then would end the process.
 */
export function connect(
  url: string,
  options: postgres.Options<Record<never, never>>,
): postgres.Sql {
  return postgres(url, { fetch_types: false, types: arrayTypes, onnotice: () => {}, ...options });
}

const asText = (text: string) => text;
/** Arrays of built-in types by their fixed ids (pg_type.dat). */
const ARRAYS: Record<string, [oid: number, read: (text: string) => unknown]> = {
  bool: [1000, (text) => text === 't'],
  int2: [1005, Number],
  int4: [1007, Number],
  text: [1009, asText],
  varchar: [1015, asText],
  int8: [1016, asText],
  float4: [1021, Number],
  float8: [1022, Number],
  uuid: [2951, asText],
};

const arrayTypes: Record<string, postgres.PostgresType> = Object.fromEntries(
  Object.entries(ARRAYS).map(([element, [oid, read]]) => [
    `${element}_array`,
    {
      to: oid,
      from: [oid],
      serialize: (value: unknown) => (Array.isArray(value) ? makePgArray(value) : value),
      parse: (text: string) => items(text).map((item) => (item === null ? null : read(item))),
    },
  ]),
);

/** The items of a one-dimensional array's text form; drizzle's own reader loses backslashes. */
const items = (text: string): (string | null)[] =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)"|([^,{}"]+)/g)].map(([, quoted, bare]) =>
    quoted !== undefined ? quoted.replace(/\\(.)/gs, '$1') : bare === 'NULL' ? null : (bare ?? ''),
  );
