import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { bestByWords, readQuestion } from './candidates';
import { type Passage, type SearchPassagesInput, searchPassagesInput } from './schema';

/** Passages that fit a question best first. Papers in the bin and filtered ones never match. */
export async function searchPassages({
  ctx,
  input: raw,
}: {
  ctx: Ctx;
  input: SearchPassagesInput;
}): Promise<Passage[]> {
  authorise(ctx, 'paper.read');
  const input = searchPassagesInput.parse(raw);
  const { workspaceId } = ctx.actor;
  return inWorkspace(ctx, async (tx) => {
    const question = await readQuestion(tx, workspaceId, input.query);
    const best = await bestByWords(tx, workspaceId, question, input.filter, input.limit);
    return readPassages(tx, best);
  });
}

/** The chunks' text and papers, in the given order. */
async function readPassages(
  tx: Tx,
  ranked: readonly { chunkId: number; score: number }[],
): Promise<Passage[]> {
  const rows = await tx.execute<Omit<Passage, 'score' | 'chunkId'> & { chunkId: string }>(sql`
    select c.id as "chunkId", c.paper_id as "paperId", p.title, p.year, c.section, c.heading, c.text,
      c.places, c.sentences
    from chunks c join papers p on p.id = c.paper_id
    where c.id = any(${sql.param(ranked.map((r) => r.chunkId))}::bigint[])
      and p.deleted_at is null`);
  const byId = new Map(rows.map((row) => [Number(row.chunkId), row]));
  return ranked.flatMap(({ chunkId, score }) => {
    const row = byId.get(chunkId);
    return row ? [{ ...row, chunkId, score }] : [];
  });
}
