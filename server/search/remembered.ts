import type { Cache } from '@/server/cache';
import { authorise, type Ctx } from '@/server/context';
import type { LibraryVersions } from '@/server/papers/live-version';
import { type Passage, type SearchPassagesInput, searchPassagesInput } from './schema';
import { searchPassages } from './search';

/** Changes with how passages are ranked. */
const RANKING = 3;

/** {@link searchPassages}, computed once for the same question to the same state of the library. */
export async function rememberedPassages({
  ctx,
  input: raw,
  cache,
  versions,
}: {
  ctx: Ctx;
  input: SearchPassagesInput;
  cache: Cache;
  versions: Pick<LibraryVersions, 'of'>;
}): Promise<Passage[]> {
  authorise(ctx, 'paper.read');
  const key = searchPassagesInput.parse(raw);
  const { workspaceId } = ctx.actor;
  const version = await versions.of(workspaceId);
  return cache.remember(
    { namespace: 'retrieval', workspaceId, version: `${RANKING}.${version}`, key },
    () => searchPassages({ ctx, input: key }),
  );
}
