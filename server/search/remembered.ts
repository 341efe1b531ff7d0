import type { Cache } from '@/server/cache';
import { type Ctx, inWorkspace } from '@/server/context';
import { libraryVersion } from '@/server/papers/version';
import { type Passage, type SearchPassagesInput, searchPassagesInput } from './schema';
import { searchPassages } from './search';

/** Changes with how passages are ranked. */
const RANKING = 1;

/** {@link searchPassages}, computed once for the same question to the same state of the library. */
export async function rememberedPassages({
  ctx,
  input: raw,
  cache,
}: {
  ctx: Ctx;
  input: SearchPassagesInput;
  cache: Cache;
}): Promise<Passage[]> {
  const key = searchPassagesInput.parse(raw);
  const { workspaceId } = ctx.actor;
  const version = await inWorkspace(ctx, (tx) => libraryVersion(tx, workspaceId));
  return cache.remember(
    { namespace: 'retrieval', workspaceId, version: `${RANKING}.${version}`, key },
    () => searchPassages({ ctx, input: key }),
  );
}
