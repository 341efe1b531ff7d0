/** Where near vectors are found: one interface, the exact way and pgvector's index. */
import type { Tx } from '@/db/client';
import type { Model } from './model';
import { openShelf, type Shelf } from './shelf';
import { dot, type Near, type Vectors } from './vector';
import { nearestByIndex, offersVectorIndex } from './vector-index';
import { readVectors } from './vectors';

export interface Neighbourhood {
  model: Model;
  /** The `limit` nearest chunks of the index, nearest first. */
  nearest(query: Float32Array, limit: number): Promise<Near[]>;
  /** In the order of the ids. */
  vectors(chunkIds: readonly number[]): Promise<Vectors>;
}

/** Up to so many vectors looking at each takes less time than asking an index. */
const FEW_VECTORS = 50_000;

/** The better way for this many vectors on this server. */
export async function openNeighbourhood(
  tx: Tx,
  workspaceId: string,
  model: Model,
  index: { n: number; version: number },
): Promise<Neighbourhood> {
  if (index.n > FEW_VECTORS) {
    if (await offersVectorIndex(tx)) return byIndex(tx, model);
    // What LSA knows of a text it knows from its words, which find nearly all of it in less time.
    if (model.kind === 'lsa') return withoutSearch(tx, model);
  }
  const shelf = await openShelf(tx, workspaceId, model, index.version);
  return shelf ? byShelf(model, shelf) : withoutSearch(tx, model);
}

export const byShelf = (model: Model, shelf: Shelf): Neighbourhood => ({
  model,
  nearest: async (query, limit) => shelf.nearest(query, limit),
  vectors: async (chunkIds) => shelf.vectors(chunkIds),
});

export const byIndex = (tx: Tx, model: Model): Neighbourhood => ({
  ...withoutSearch(tx, model),
  nearest: (query, limit) => nearestByIndex(tx, model, query, limit),
});

/** Too many vectors to look at and no index: words choose the candidates, vectors help to rank them. */
const withoutSearch = (tx: Tx, model: Model): Neighbourhood => ({
  model,
  nearest: async () => [],
  async vectors(chunkIds) {
    const known = await readVectors(tx, model, chunkIds);
    const vectors = chunkIds.map((id) => known.get(id) ?? null);
    return {
      cosines: (query) => vectors.map((vector) => vector && dot(vector, query)),
      at: (i) => vectors[i] ?? null,
    };
  },
});
