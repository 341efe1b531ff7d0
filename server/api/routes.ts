/** The procedures that say how they are reached over plain HTTP. */
import type { ZodType } from 'zod';
import { appRouter } from '@/server/trpc/root';
import type { ApiRoute } from './route';

export interface ApiOperation extends ApiRoute {
  /** The procedure's path: `jobs.get`. */
  procedure: string;
  permission: string;
  input: ZodType | null;
}

/** tRPC keeps what a procedure was made of here; its types show only what callers need. */
interface Definition {
  type: 'query' | 'mutation' | 'subscription';
  inputs: ZodType[];
  meta?: { permission: string; api?: ApiRoute };
}

const definitions = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: Definition }>,
);

export const OPERATIONS: readonly ApiOperation[] = definitions.flatMap(([procedure, { _def }]) => {
  const { api, permission } = _def.meta ?? {};
  if (!api || !permission) return [];
  return [{ ...api, procedure, permission, input: _def.inputs[0] ?? null }];
});

/** Names in a path: `{jobId}`. */
export const pathNames = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

/** The values of a pattern's names in an address, or null when it is another address. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name && given[i]) values[name] = given[i];
    else if (part !== given[i]) return null;
  }
  return values;
}

/** Plain paths before patterns: `/jobs/counts` is not a job's id. */
export function operationsAt(
  path: string,
): { operation: ApiOperation; values: Record<string, string> }[] {
  return OPERATIONS.flatMap((operation) => {
    const values = matchPath(operation.path, path);
    return values ? [{ operation, values }] : [];
  }).sort((a, b) => Object.keys(a.values).length - Object.keys(b.values).length);
}
