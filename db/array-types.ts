/**
 * Arrays as postgres.js writes and reads them, by the fixed ids of the built-in types (pg_type.dat).
 * postgres.js would ask each new connection for them, outside of any promise: a server that ends just then
 * would end the process.
 */
import { makePgArray } from 'drizzle-orm/pg-core';
import type postgres from 'postgres';

const asText = (text: string) => text;
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

export const arrayTypes: Record<string, postgres.PostgresType> = Object.fromEntries(
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
