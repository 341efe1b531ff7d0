import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { authorise, type Ctx } from '@/server/context';
import { notFound } from '@/server/errors';
import { idf, type QuestionWord, readSize } from './candidates';
import { readListed } from './filter';
import { currentModel } from './model';
import { openNeighbourhood } from './neighbourhood';
import { type RankedQuestion, rankChunks } from './rank';
import { type Passage, type SimilarPassagesInput, similarPassagesInput } from './schema';
import { inIndex, postingsOf, readPassages } from './search';
import { countTokens, readTokens } from './tokens';

/** A passage is asked for by the words that tell it from others. */
const TELLING = 25;

/** Passages like the given one, best first, of any paper but its own. Throws NOT_FOUND. */
export async function similarPassages({
  ctx,
  input: raw,
}: {
  ctx: Ctx;
  input: SimilarPassagesInput;
}): Promise<Passage[]> {
  authorise(ctx, 'paper.read');
  const { chunkId, filter, limit } = similarPassagesInput.parse(raw);
  const { workspaceId } = ctx.actor;
  return inIndex(ctx, async (tx) => {
    const [chunk] = await tx.execute<{ paperId: string; tokens: Buffer }>(sql`
      select c.paper_id as "paperId", l.tokens
      from chunks c join papers p on p.id = c.paper_id join lex_chunk l on l.chunk_id = c.id
      where c.id = ${chunkId} and c.workspace_id = ${workspaceId} and p.deleted_at is null`);
    if (!chunk) throw notFound('passage');
    const elsewhere = {
      ...filter,
      exceptPaperIds: [...(filter.exceptPaperIds ?? []), chunk.paperId],
    };
    const [listed, question] = await Promise.all([
      readListed(tx, workspaceId, elsewhere),
      asQuestion(tx, workspaceId, chunkId, readTokens(chunk.tokens)),
    ]);
    return readPassages(tx, await rankChunks(question, listed, limit));
  });
}

async function asQuestion(
  tx: Tx,
  workspaceId: string,
  chunkId: number,
  tokens: Int32Array,
): Promise<RankedQuestion> {
  const counts = countTokens(tokens);
  const [size, model, terms] = await Promise.all([
    readSize(tx, workspaceId),
    currentModel(tx, workspaceId),
    tx.execute<{ id: number; df: number }>(sql`
      select u.id, t.df
      from unnest(${sql.param([...counts.keys()])}::int[]) as u (id) cross join lateral (
        select df from lex_term
        where id = u.id and workspace_id = ${workspaceId} and df > 0 offset 0) t`),
  ]);
  const words: QuestionWord[] = terms
    .map(({ id, df }) => {
      const tf = counts.get(id)!;
      return { termId: id, df, tf, weight: (1 + Math.log(tf)) * idf(size.n, df) };
    })
    .sort((a, b) => b.weight - a.weight || a.termId - b.termId)
    .slice(0, TELLING);
  const asked = { size, words, unknown: 0 };
  const postings = await postingsOf(tx, workspaceId, asked);
  if (!model) return { asked, postings, vector: null, neighbourhood: null };
  const neighbourhood = await openNeighbourhood(tx, workspaceId, model, size);
  const vector = (await neighbourhood.vectors([chunkId])).at(0);
  return { asked, postings, vector, neighbourhood };
}
