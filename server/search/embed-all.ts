/** Vectors from a dense endpoint, for chunks that have none of its model yet. */
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { type Ctx, inWorkspace } from '@/server/context';
import type { Embedder } from './embedder';
import type { Model } from './model';
import { addVectors } from './vectors';

/** Chunks between two transactions; the endpoint is asked outside of them. */
const BATCH = 128;

/**
 * Embeds what lacks a vector. A model that is new to the workspace is searched once all chunks have
 * theirs; what a stopped run has embedded is kept.
 */
export async function embedAll(
  ctx: Ctx,
  embedder: Embedder,
  current: Model | null,
  n: number,
  signal?: AbortSignal,
): Promise<{ trained: boolean; added: number }> {
  const { workspaceId } = ctx.actor;
  const known = current?.kind === 'dense' && current.name === embedder.name;
  let model = known ? current : null;
  let added = 0;
  for (let after = 0; ; ) {
    signal?.throwIfAborted();
    const chunks = await inWorkspace(ctx, (tx) => chunksToEmbed(tx, workspaceId, embedder, after));
    if (chunks.length === 0) break;
    const vectors = await embedder.embed(
      chunks.map(({ text }) => text),
      signal,
    );
    const dims = vectors.find((v) => v !== null)?.length;
    if (dims !== undefined) {
      model ??= await inWorkspace(ctx, (tx) => openModel(tx, workspaceId, embedder, dims, n));
      const { dims: expected } = model;
      const rows = chunks.flatMap(({ id }, i) => {
        const vector = vectors[i];
        return vector?.length === expected ? [{ chunkId: Number(id), vector }] : [];
      });
      await inWorkspace(ctx, (tx) => addVectors(tx, workspaceId, model!, rows));
      added += rows.length;
    }
    after = Number(chunks.at(-1)!.id);
  }
  if (model && !known) await inWorkspace(ctx, (tx) => replaceBy(tx, workspaceId, model));
  return { trained: model !== null && !known, added };
}

const chunksToEmbed = (tx: Tx, workspaceId: string, embedder: Embedder, after: number) =>
  tx.execute<{ id: string; text: string }>(sql`
    select c.id, p.title || E'\n' || c.text as text
    from lex_chunk l join chunks c on c.id = l.chunk_id join papers p on p.id = c.paper_id
      left join lateral (
        select true as there from chunk_vector v join embedding_model m on m.id = v.model_id + 0
        where v.chunk_id = l.chunk_id and m.kind = 'dense' and m.name = ${embedder.name}
        limit 1) v on true
    where l.workspace_id = ${workspaceId} and l.chunk_id > ${after} and v.there is null
    order by l.chunk_id limit ${BATCH}`);

/** The model of that name which an earlier run began, or a new one. */
async function openModel(
  tx: Tx,
  workspaceId: string,
  { name }: Embedder,
  dims: number,
  n: number,
): Promise<Model> {
  const [begun] = await tx.execute<{ id: number }>(sql`
    select id from embedding_model
    where workspace_id = ${workspaceId} and kind = 'dense' and name = ${name} and dims = ${dims}
    order by id desc limit 1`);
  const [row] = begun
    ? [begun]
    : await tx.execute<{ id: number }>(sql`
        insert into embedding_model (workspace_id, kind, name, dims, trained_at_n)
        values (${workspaceId}, 'dense', ${name}, ${dims}, ${n}) returning id`);
  return { id: row!.id, kind: 'dense', name, dims, trainedAtN: n };
}

/** From now on this model is searched, and others are gone. */
export async function replaceBy(tx: Tx, workspaceId: string, model: Model): Promise<void> {
  await tx.execute(sql`
    update embedding_model set ready_at = clock_timestamp()
    where id = ${model.id} and workspace_id = ${workspaceId}`);
  await tx.execute(sql`
    delete from embedding_model where workspace_id = ${workspaceId} and id <> ${model.id}`);
}
