/** A procedure's input from the parts of an HTTP request. */
import { z } from 'zod';
import { invalid } from '@/server/errors';
import type { ApiOperation } from './routes';

/** More than any input of ours; files come by their own way. */
const MAX_BODY_BYTES = 2 * 2 ** 20;

/** Fields that travel in a header rather than in the body. */
export const HEADER_OF: Record<string, string> = { idempotencyKey: 'Idempotency-Key' };

export interface ObjectSchema {
  properties: Record<string, JsonSchema>;
  required: string[];
}
export type JsonSchema = { type?: string | string[]; [key: string]: unknown };

const known = new Map<ApiOperation, ObjectSchema>();

/** The fields of an operation's input, in JSON Schema. */
export function fieldsOf(operation: ApiOperation): ObjectSchema {
  let fields = known.get(operation);
  if (!fields) {
    const schema = operation.input
      ? (z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema)
      : {};
    fields = {
      properties: (schema.properties ?? {}) as ObjectSchema['properties'],
      required: (schema.required ?? []) as string[],
    };
    known.set(operation, fields);
  }
  return fields;
}

export const hasBody = ({ method }: ApiOperation) => method !== 'GET' && method !== 'DELETE';

/** May a request carry an Idempotency-Key that is kept here? Some procedures look after it themselves. */
export const takesKey = (operation: ApiOperation) =>
  operation.method === 'POST' && !('idempotencyKey' in fieldsOf(operation).properties);

/** Undefined where the operation takes nothing. The procedure itself checks what it is given. */
export async function inputOf(
  operation: ApiOperation,
  request: Request,
  inPath: Record<string, string>,
): Promise<unknown> {
  if (!operation.input) return undefined;
  const { properties } = fieldsOf(operation);
  const given: Record<string, unknown> = hasBody(operation)
    ? await readJson(request)
    : readQuery(new URL(request.url).searchParams, properties);
  for (const [field, header] of Object.entries(HEADER_OF)) {
    const value = request.headers.get(header);
    if (value !== null && field in properties) given[field] = value;
  }
  return { ...given, ...inPath };
}

/** The JSON object in a request's body; empty when there is none. Throws INVALID for anything else. */
export async function readJson(request: Request): Promise<Record<string, unknown>> {
  const length = Number(request.headers.get('content-length') ?? 0);
  const text = length > MAX_BODY_BYTES ? null : await request.text();
  if (text === null || text.length > MAX_BODY_BYTES) {
    throw invalid('BODY_TOO_LARGE', 'The body of a request may hold at most 2 MiB.');
  }
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw invalid('BODY_NOT_JSON', 'Send a JSON object as the body.');
}

function readQuery(
  query: URLSearchParams,
  properties: Record<string, JsonSchema>,
): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const schema = properties[name];
      const all = query.getAll(name);
      if (schema?.type === 'array') return [name, all.flatMap((value) => value.split(','))];
      return [name, read(all.at(-1)!, schema)];
    }),
  );
}

/** What cannot be read stays text, for the schema to refuse. */
function read(text: string, schema: JsonSchema | undefined): unknown {
  const types = [schema?.type ?? []].flat();
  if ((types.includes('integer') || types.includes('number')) && text.trim() !== '') {
    const number = Number(text);
    return Number.isNaN(number) ? text : number;
  }
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
