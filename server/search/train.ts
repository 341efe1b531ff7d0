/** Keeps a workspace's vectors in step with its chunks: makes a model when due, then what lacks a vector. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { type Ctx, inWorkspace } from '@/server/context';
import { readSize } from './candidates';
import { embedAll, replaceBy } from './embed-all';
import type { Breathe } from './lsa/sparse';
import { foldIn, type TermVectors, trainLsa } from './lsa/train';
import { currentModel, type Model } from './model';
import { recountIndex } from './recount';
import { addTermVectors, readTermVectors } from './term-vectors';
import { countTokens, readTokens } from './tokens';
import { addVectors, chunksWithoutVector } from './vectors';

/** More chunks give the same vectors at more cost; the rest is folded in. */
const SAMPLE = 20_000;
/** With fewer, words alone find everything. */
const MIN_CHUNKS = 50;
/** Grown by this factor since, or shrunk by it, the model no longer fits. */
const GROWTH = 1.5;
const BATCH = 1_000;

export interface TrainingOutcome {
  trained: boolean;
  /** Chunks that got their vector. */
  added: number;
}

/**
 * Trains a new model when the collection has outgrown the present one, the index counted anew, and gives every chunk a vector.
 * Safe to repeat and to stop: the present model is searched until the new one is complete.
 */
export async function trainEmbedding({
  ctx,
  signal,
}: {
  ctx: Ctx;
  signal?: AbortSignal;
}): Promise<TrainingOutcome> {
  const { workspaceId } = ctx.actor;
  const breathe: Breathe = async () => {
    await nextTurn();
    signal?.throwIfAborted();
  };
  const { size, current } = await inWorkspace(ctx, async (tx) => ({
    size: await readSize(tx, workspaceId),
    current: await currentModel(tx, workspaceId),
  }));
  if (ctx.embedder) return embedAll(ctx, ctx.embedder, current, size.n, signal);
  if (current && !isOutgrown(current, size.n)) {
    return { trained: false, added: await fillVectors(ctx, current, null, breathe) };
  }
  if (size.n < MIN_CHUNKS) return { trained: false, added: 0 };
  await recountIndex({ ctx });
  const sample = await inWorkspace(ctx, (tx) => readSample(tx, workspaceId));
  const terms = await trainLsa(sample, breathe);
  if (!terms) return { trained: false, added: 0 };
  const model = await storeModel(ctx, terms, size.n, breathe);
  const added = await fillVectors(ctx, model, terms, breathe);
  await inWorkspace(ctx, (tx) => replaceBy(tx, workspaceId, model));
  return { trained: true, added };
}

const isOutgrown = (model: Model, n: number): boolean =>
  model.kind !== 'lsa' || n > model.trainedAtN * GROWTH || n < model.trainedAtN / GROWTH;

/** The same chunks for the same index, in no order of their own. */
async function readSample(tx: Tx, workspaceId: string): Promise<Int32Array[]> {
  const rows = await tx.execute<{ tokens: Buffer }>(sql`
    select tokens from (
      select chunk_id, tokens from lex_chunk where workspace_id = ${workspaceId}
      order by hashint8extended(chunk_id, 1), chunk_id limit ${SAMPLE}) sample
    order by chunk_id`);
  return rows.map(({ tokens }) => readTokens(tokens));
}

async function storeModel(
  ctx: Ctx,
  terms: TermVectors,
  n: number,
  breathe: Breathe,
): Promise<Model> {
  const { workspaceId } = ctx.actor;
  const model = await inWorkspace(ctx, async (tx) => {
    // What an earlier training left half done.
    await tx.execute(sql`
      delete from embedding_model where workspace_id = ${workspaceId} and ready_at is null
        and created_at < now() - interval '1 hour'`);
    const [row] = await tx.execute<{ id: number }>(sql`
      insert into embedding_model (workspace_id, kind, name, dims, trained_at_n)
      values (${workspaceId}, 'lsa', 'lsa', ${terms.dims}, ${n}) returning id`);
    return { id: row!.id, kind: 'lsa', name: 'lsa', dims: terms.dims, trainedAtN: n } as const;
  });
  for (let at = 0; at < terms.ids.length; at += BATCH) {
    await breathe();
    const ids = terms.ids.slice(at, at + BATCH);
    const data = terms.data.subarray(at * terms.dims, (at + ids.length) * terms.dims);
    await inWorkspace(ctx, (tx) => addTermVectors(tx, workspaceId, model, { ids, data }));
  }
  return model;
}

/** Vectors for chunks without one; `terms` where the model's words are at hand. */
async function fillVectors(
  ctx: Ctx,
  model: Model,
  terms: TermVectors | null,
  breathe: Breathe,
): Promise<number> {
  const { workspaceId } = ctx.actor;
  const known = terms ? byTerm(terms) : null;
  let added = 0;
  for (let after = 0; ; ) {
    await breathe();
    const rows = await inWorkspace(ctx, async (tx) => {
      const found = await chunksWithoutVector(tx, workspaceId, model, after, BATCH);
      const texts = found.map(({ id, tokens }) => ({
        chunkId: Number(id),
        counts: countTokens(readTokens(tokens)),
      }));
      const words = known ?? (await readTermVectors(tx, workspaceId, model, termsOf(texts)));
      const vectors = texts.flatMap(({ chunkId, counts }) => {
        const vector = foldIn(counts, (term) => words.get(term), model.dims);
        return vector ? [{ chunkId, vector }] : [];
      });
      await addVectors(tx, workspaceId, model, vectors);
      added += vectors.length;
      return found;
    });
    if (rows.length < BATCH) return added;
    after = Number(rows.at(-1)!.id);
  }
}

const termsOf = (texts: { counts: Map<number, number> }[]): number[] =>
  texts.flatMap(({ counts }) => [...counts.keys()]);

const byTerm = ({ ids, data, dims }: TermVectors): Map<number, Float32Array> =>
  new Map(ids.map((id, i) => [id, data.subarray(i * dims, (i + 1) * dims)]));
