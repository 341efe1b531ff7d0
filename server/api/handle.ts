/** `/api/v1`: the procedures over plain HTTP. Thin: finds the procedure, calls it, writes its answer. */
import { DomainError, notFound } from '@/server/errors';
import { callRouter } from '@/server/trpc/root';
import { type ApiCall, forApi } from './call';
import { EXTRAS } from './extras';
import { once } from './idempotency';
import { inputOf, takesKey } from './input';
import { type ApiOperation, matchPath, OPERATIONS, operationsAt } from './routes';

/** `path` is the part below `/api/v1`. */
export function handleApi(request: Request, path: string): Promise<Response> {
  return forApi(request, async (call) => {
    for (const extra of EXTRAS) {
      const values = matchPath(extra.path, path);
      if (values && extra.method === request.method) return extra.handle(call, values);
    }
    const found = operationsAt(path);
    const { operation, values } =
      found.find(({ operation: { method } }) => method === request.method) ?? {};
    if (!operation) throw found.length > 0 ? methodUnknown(request.method) : notFound('address');
    return answerOf(operation, await inputOf(operation, request, values ?? {}), call);
  });
}

const methodUnknown = (method: string) =>
  new DomainError('NOT_FOUND', 'METHOD_UNKNOWN', `This address does not know ${method}.`);

/** Calls a procedure by its name, as an alias does. */
export function answerCall(procedure: string, input: unknown, call: ApiCall): Promise<Response> {
  const operation = OPERATIONS.find((one) => one.procedure === procedure);
  if (!operation) throw new Error(`${procedure} is not part of the API`);
  return answerOf(operation, input, call);
}

async function answerOf(operation: ApiOperation, input: unknown, call: ApiCall): Promise<Response> {
  const answer = await callProcedure(operation.procedure, input, call);
  const headers = { 'Cache-Control': 'no-store' };
  if (operation.answers === null) return new Response(null, { status: 204, headers });
  return Response.json(answer, { status: operation.status ?? 200, headers });
}

/** Calls a procedure by its name; with an Idempotency-Key once for the same input. */
export async function callProcedure(
  procedure: string,
  input: unknown,
  { request, ctx, context }: ApiCall,
): Promise<unknown> {
  const caller = callRouter(context, { signal: request.signal });
  let target: unknown = caller;
  for (const name of procedure.split('.')) target = (target as Record<string, unknown>)[name];
  const call = () => (target as (input: unknown) => Promise<unknown>)(input);
  const key = request.headers.get('idempotency-key');
  const operation = OPERATIONS.find((one) => one.procedure === procedure);
  if (key === null || !operation || !takesKey(operation)) return call();
  return once(ctx, { key, request: { procedure, input } }, call);
}
