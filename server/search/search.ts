import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { type Asked, readQuestion, telling } from './candidates';
import { readListed } from './filter';
import { foldIn } from './lsa/train';
import { openNeighbourhood } from './neighbourhood';
import { type Postings, readPostings } from './postings';
import { type RankedQuestion, rankChunks } from './rank';
import { type Passage, type SearchPassagesInput, searchPassagesInput } from './schema';
import { readTermVectors } from './term-vectors';

/** Longer than a near endpoint takes for one question, shorter than anybody's patience. */
const EMBED_TIMEOUT_MS = 2_000;

/** Passages that fit a question best first. Papers in the bin and filtered ones never match. */
export async function searchPassages({
  ctx,
  input: raw,
  by = 'everything',
}: {
  ctx: Ctx;
  input: SearchPassagesInput;
  /** `words` leaves vectors out: what everything is measured against. */
  by?: 'everything' | 'words';
}): Promise<Passage[]> {
  authorise(ctx, 'paper.read');
  const input = searchPassagesInput.parse(raw);
  const { workspaceId } = ctx.actor;
  const dense = by === 'words' ? null : await embedQuestion(ctx, input.query);
  return inIndex(ctx, async (tx) => {
    const [listed, question] = await Promise.all([
      readListed(tx, workspaceId, input.filter),
      understand(tx, workspaceId, input.query, dense, by),
    ]);
    return readPassages(tx, await rankChunks(question, listed, input.limit));
  });
}

/**
 * {@link inWorkspace} for reading the index. Each of its statements has one good plan, which takes longer to
 * find anew than to carry out.
 */
export function inIndex<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inWorkspace(ctx, async (tx) => {
    // `then` sends it, before the first statement of `work` and in one packet with it.
    const planned = tx.execute(sql`set local plan_cache_mode = force_generic_plan`).then(() => {});
    const [done] = await Promise.all([work(tx), planned]);
    return done;
  });
}

/** The question's vector by the configured endpoint; null without one, or while it is away. */
export async function embedQuestion(ctx: Ctx, query: string): Promise<Float32Array | null> {
  if (!ctx.embedder) return null;
  const patience = AbortSignal.timeout(EMBED_TIMEOUT_MS);
  const [vector] = await ctx.embedder.embed([query], patience).catch(() => []);
  return vector ?? null;
}

/**
 * A question as words of the index and, once there is a model, as a vector. `dense` is what the
 * endpoint gave; where it is missing, words alone find.
 */
export async function understand(
  tx: Tx,
  workspaceId: string,
  query: string,
  dense: Float32Array | null,
  by: 'everything' | 'words' = 'everything',
): Promise<RankedQuestion> {
  const { asked, model } = await readQuestion(tx, workspaceId, query);
  if (!model || by === 'words') {
    return {
      asked,
      postings: await postingsOf(tx, workspaceId, asked),
      vector: null,
      neighbourhood: null,
    };
  }
  const counts = new Map(asked.words.map(({ termId, tf }) => [termId, tf]));
  const [postings, terms, neighbourhood] = await Promise.all([
    postingsOf(tx, workspaceId, asked),
    model.kind === 'lsa' ? readTermVectors(tx, workspaceId, model, counts.keys()) : null,
    openNeighbourhood(tx, workspaceId, model, asked.size),
  ]);
  const vector = terms ? foldIn(counts, (term) => terms.get(term), model.dims) : dense;
  return {
    asked,
    postings,
    vector: vector?.length === model.dims ? vector : null,
    neighbourhood,
  };
}

/** Of the words that rank. */
export const postingsOf = (
  tx: Tx,
  workspaceId: string,
  asked: Asked,
): Promise<ReadonlyMap<number, Postings>> =>
  readPostings(
    tx,
    workspaceId,
    asked.size.version,
    telling(asked).map(({ termId }) => termId),
  );

/** The chunks' text and papers, in the given order. */
export async function readPassages(
  tx: Tx,
  ranked: readonly { chunkId: number; score: number }[],
): Promise<Passage[]> {
  const rows = await tx.execute<Omit<Passage, 'score' | 'chunkId'> & { chunkId: string }>(sql`
    with c as materialized (
      select chunk.*
      from unnest(${sql.param(ranked.map((r) => r.chunkId))}::bigint[]) as u (id)
        cross join lateral (select * from chunks where id = u.id offset 0) chunk
    ), p as materialized (
      select id, title, year from papers
      where id = any(array(select paper_id from c)) and deleted_at is null
    )
    select c.id as "chunkId", c.paper_id as "paperId", p.title, p.year, c.section, c.heading, c.text,
      c.places, c.sentences
    from c join p on p.id = c.paper_id`);
  const byId = new Map(rows.map((row) => [Number(row.chunkId), row]));
  return ranked.flatMap(({ chunkId, score }) => {
    const row = byId.get(chunkId);
    return row ? [{ ...row, chunkId, score }] : [];
  });
}
