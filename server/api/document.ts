/**
 * The API's document, OpenAPI 3.1, made from the procedures. Written here because what is to be had
 * (trpc-to-openapi) wants an output parser that runs on every call of every procedure, refuses files,
 * streams and headers such as Idempotency-Key, and has its own form of errors.
 */
import { z } from 'zod';
import { EXTRAS, type Extra } from './extras';
import { fieldsOf, HEADER_OF, hasBody, type JsonSchema, takesKey } from './input';
import { apiSchemas, named, TAGS } from './route';
import { type ApiOperation, OPERATIONS, pathNames } from './routes';

const problem = named(
  'Problem',
  z.object({
    error: z.string(),
    message: z.string(),
    requestId: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
);

const TAG_WORDS: Record<(typeof TAGS)[number], string> = {
  health: 'Whether Phial and the sources it asks can be reached',
  research: 'Submitting molecules, and the compounds asked about',
  jobs: 'How jobs stand, their events, control and files',
  evidence: 'The records a job found, and where each fact stands',
  papers: 'The workspace’s papers',
  feedback: 'Votes and flags on evidence',
};

const idOf = (schema: z.ZodType) => apiSchemas.get(schema)?.id;
const REF = '#/components/schemas/';
const json = (schema: unknown) => ({ 'application/json': { schema } });
const failure = (description: string) => ({
  description,
  content: json({ $ref: REF + idOf(problem) }),
});

const FAILURES = {
  400: failure('The request does not have the form described here'),
  401: failure('Invalid or missing API key'),
  403: failure('The key lacks the scope'),
  404: failure('There is no such thing in this workspace'),
  409: failure('Not as things stand'),
  422: failure('The request is well formed and cannot be done'),
  429: failure('Too many requests; try again after Retry-After seconds'),
  default: failure('Something went wrong'),
};

export function openApiDocument(version: string) {
  const paths: Record<string, Record<string, unknown>> = {
    '/health': { get: HEALTH },
  };
  const add = (path: string, method: string, operation: unknown) => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  };
  for (const operation of OPERATIONS) add(operation.path, operation.method, describe(operation));
  for (const extra of EXTRAS) add(extra.path, extra.method, describeExtra(extra));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Phial',
      version,
      description:
        'Binds a molecule to the public evidence about it. Programs send an API key in `X-API-Key`, or as a Bearer token; never in an address.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    tags: TAGS.map((name) => ({ name, description: TAG_WORDS[name] })),
    security: [{ key: [] }, { bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
      schemas: schemas(),
    },
  };
}

const KEY_SCHEMA = { type: 'string', minLength: 1, maxLength: 200 };

const HEALTH = {
  operationId: 'health',
  tags: ['health'],
  summary: 'Whether Phial can serve',
  security: [],
  responses: {
    200: {
      description: 'It can; `degraded` where a configured Redis is away',
      content: json({
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['ok', 'degraded'] },
          cache: { type: 'string', enum: ['own', 'shared', 'degraded'] },
        },
        required: ['status'],
      }),
    },
    503: { description: 'The database does not answer' },
  },
};

function describe(operation: ApiOperation) {
  const { properties, required } = fieldsOf(operation);
  const inPath = pathNames(operation.path);
  const headers = Object.entries(HEADER_OF).filter(([field]) => field in properties);
  const others = Object.entries(properties).filter(
    ([name]) => !inPath.includes(name) && !headers.some(([field]) => field === name),
  );
  const parameters = [
    ...inPath.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: properties[name] ?? { type: 'string' },
    })),
    ...headers.map(([field, name]) => ({
      name,
      in: 'header',
      required: false,
      schema: plain(properties[field]!),
    })),
    ...(takesKey(operation)
      ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: KEY_SCHEMA }]
      : []),
    ...(hasBody(operation)
      ? []
      : others.map(([name, schema]) => ({
          name,
          in: 'query',
          required: required.includes(name),
          schema,
          ...(schema.type === 'array' ? { style: 'form', explode: true } : {}),
        }))),
  ];
  const body = Object.fromEntries(others);
  const needed = required.filter((name) => name in body);
  return {
    operationId: operation.procedure,
    tags: [operation.tag],
    summary: operation.summary,
    parameters,
    ...(hasBody(operation) && others.length > 0
      ? {
          requestBody: {
            required: needed.length > 0,
            content: json({
              type: 'object',
              properties: body,
              ...(needed.length > 0 ? { required: needed } : {}),
            }),
          },
        }
      : {}),
    responses: { ...answer(operation), ...FAILURES },
  };
}

/** A header is text or it is not there. */
const plain = (schema: JsonSchema): JsonSchema => {
  const { default: _, ...rest } = schema;
  const text = (rest.anyOf as JsonSchema[] | undefined)?.find(({ type }) => type === 'string');
  return text ?? { ...rest, type: 'string' };
};

function answer({ procedure, answers, status }: ApiOperation) {
  if (answers === null) return { 204: { description: 'Done' } };
  const id = idOf(answers);
  if (!id) throw new Error(`The answer of ${procedure} has no name in the API's document`);
  return { [status ?? 200]: { description: 'The answer', content: json({ $ref: REF + id }) } };
}

function describeExtra(extra: Extra) {
  const { path, tag, operationId, summary, contentType, query, headers = {}, sends } = extra;
  return {
    operationId,
    tags: [tag],
    summary,
    parameters: [
      ...pathNames(path).map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...Object.entries(query).map(([name, description]) => ({
        name,
        in: 'query',
        description,
        schema: { type: 'integer', minimum: 0 },
      })),
      ...Object.entries(headers).map(([name, description]) => ({
        name,
        in: 'header',
        description,
        schema: { type: 'string' },
      })),
    ],
    ...(sends ? { requestBody: { required: true, content: { [sends]: {} } } } : {}),
    responses: {
      200: { description: 'The file or stream', content: { [contentType]: {} } },
      ...FAILURES,
    },
  };
}

function schemas(): Record<string, unknown> {
  const { schemas: all } = z.toJSONSchema(apiSchemas, {
    io: 'output',
    unrepresentable: 'any',
    uri: (id) => REF + id,
    override({ zodSchema, jsonSchema }) {
      if (zodSchema._zod.def.type === 'date') {
        jsonSchema.type = 'string';
        jsonSchema.format = 'date-time';
      }
      // Later versions may say more.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return Object.fromEntries(
    Object.entries(all).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}
