/** Writing to the index, always in the transaction that writes or removes the chunks themselves. */
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { enqueue } from '@/server/queue/enqueue';
import { searchable } from './words';

export interface IndexedChunk {
  id: number;
  /** The paper's title and the chunk's heading: found by, never quoted. */
  title: string;
  heading: string | null;
  /** The text of each of the chunk's sentences, in the chunk's order. */
  sentences: string[];
}

/** Chunks of one statement: bounds its memory. A word's count is written once a statement. */
const BATCH = 1_000;

/** A word of the title counts as often as three of the text (tuned on SciFact's training claims). */
const TITLE_COUNTS = 3;

/** Papers that arrive together are given their vectors together. */
const SETTLE_MS = 3_000;

/**
 * Adds chunks to the workspace's index: postings, counts and the words in order. Chunks that are in it
 * already are left alone. Writers of one workspace wait for each other, so that none deadlocks.
 */
export async function indexChunks(
  tx: Tx,
  workspaceId: string,
  chunks: readonly IndexedChunk[],
): Promise<void> {
  await addToIndex(tx, workspaceId, chunks);
  await enqueue(
    tx,
    'train-embedding',
    { workspaceId },
    { key: `train-embedding:${workspaceId}`, runAt: new Date(Date.now() + SETTLE_MS) },
  );
}

/** {@link indexChunks} for who trains afterwards. */
export async function addToIndex(
  tx: Tx,
  workspaceId: string,
  chunks: readonly IndexedChunk[],
): Promise<void> {
  if (chunks.length === 0) return;
  await lockIndex(tx, workspaceId);
  for (let at = 0; at < chunks.length; at += BATCH) {
    await addBatch(tx, workspaceId, chunks.slice(at, at + BATCH));
  }
}

/** Takes a paper out of the index; its chunks stay. Deleting the chunks does the same by itself. */
export async function removePaper(tx: Tx, paperId: string): Promise<void> {
  await tx.execute(sql`
    delete from lex_chunk where chunk_id in (select id from chunks where paper_id = ${paperId})`);
  await tx.execute(sql`
    delete from chunk_vector where chunk_id in (select id from chunks where paper_id = ${paperId})`);
}

async function lockIndex(tx: Tx, workspaceId: string): Promise<void> {
  await tx.execute(sql`
    insert into lex_stat (workspace_id) values (${workspaceId})
    on conflict (workspace_id) do update set version = lex_stat.version + 1`);
}

async function addBatch(tx: Tx, workspaceId: string, chunks: readonly IndexedChunk[]) {
  const sentences = chunks.flatMap((chunk) =>
    [[chunk.title, chunk.heading ?? ''].join('. '), ...chunk.sentences].map((text, sentence) => ({
      chunk_id: chunk.id,
      sentence,
      text: searchable(text),
    })),
  );
  const times = sql`case sentence when 0 then ${TITLE_COUNTS}::int else 1 end`;
  await tx.execute(sql`
    with sentence as materialized (
      select chunk_id, sentence, to_tsvector('english', text) as words
      from json_to_recordset(${JSON.stringify(sentences)}::json)
        as given (chunk_id bigint, sentence int, text text)
      where not exists (select 1 from lex_chunk known where known.chunk_id = given.chunk_id)
    ), place as materialized (
      select chunk_id, sentence, lexeme, at
      from sentence, unnest(words) as word, unnest(positions) as at
    ), term as materialized (
      select lexeme, count(distinct chunk_id)::int as df from place group by lexeme
    ), counted as (
      update lex_term t set df = t.df + term.df from term
      where t.workspace_id = ${workspaceId} and t.term = term.lexeme
      returning t.id, t.term
    ), added as (
      insert into lex_term (workspace_id, term, df)
      select ${workspaceId}, lexeme, df from term
      where lexeme not in (select term from counted)
      order by lexeme
      returning id, term
    ), known as materialized (
      select chunk_id, sentence, at, word.id
      from place join (select * from counted union all select * from added) word
        on word.term = place.lexeme
    ), length as materialized (
      select chunk_id, least(coalesce(sum(${times}), 0), 32767)::smallint as dl
      from (select distinct chunk_id from sentence) every left join known using (chunk_id)
      group by chunk_id
    ), posted as (
      insert into lex_posting (workspace_id, chunk_id, term_id, tf, dl)
      select ${workspaceId}, chunk_id, id, least(sum(${times}), 32767), dl
      from known join length using (chunk_id)
      group by id, chunk_id, dl
      order by id, chunk_id
    ), kept as (
      insert into lex_chunk (chunk_id, workspace_id, dl, tokens)
      select chunk_id, ${workspaceId}, dl, tokens
      from length join (
        select chunk_id, string_agg(int4send(id), ''::bytea order by sentence, at) as tokens
        from (
          select chunk_id, sentence, 0 as at, 0 as id from sentence
          union all
          select chunk_id, sentence, at, id from known
        ) words
        group by chunk_id
      ) sequence using (chunk_id)
      returning dl
    )
    update lex_stat s set n = s.n + k.n, total_dl = s.total_dl + k.dl
    from (select count(*) as n, coalesce(sum(dl), 0) as dl from kept) k
    where s.workspace_id = ${workspaceId}`);
}
