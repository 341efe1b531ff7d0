import { eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { papers } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { invalid, notFound } from '@/server/errors';
import { requirePaperId } from './ids';
import { indexAnew } from './record';
import {
  type FieldOrigins,
  PAPER_LIMITS,
  type PaperEdit,
  type PaperField,
  paperEdit,
  tag,
} from './schema';
import { raiseLibraryVersion } from './version';

/**
 * Writes what a person says of a paper. Their word wins: nothing that is read or asked later overwrites
 * it. Throws NOT_FOUND.
 */
export async function editPaper({
  ctx,
  paperId,
  edit: raw,
}: {
  ctx: Ctx;
  paperId: string;
  edit: PaperEdit;
}): Promise<void> {
  authorise(ctx, 'paper.write');
  requirePaperId(paperId);
  const edit = paperEdit.parse(raw);
  const edited = (Object.keys(edit) as PaperField[]).filter((name) => edit[name] !== undefined);
  if (edited.length === 0) return;
  const by = ctx.actor.kind === 'task' ? ctx.actor.task : ctx.actor.name;
  const origin = { from: 'person' as const, at: ctx.now().toISOString(), by };
  const origins: FieldOrigins = Object.fromEntries(edited.map((name) => [name, origin]));
  await inWorkspace(ctx, async (tx) => {
    const changed = await tx
      .update(papers)
      .set({
        ...edit,
        fieldOrigins: sql`${papers.fieldOrigins} || ${JSON.stringify(origins)}::jsonb`,
      })
      .where(eq(papers.id, paperId))
      .returning({ id: papers.id });
    if (changed.length === 0) throw notFound('paper');
    if (edit.title !== undefined) {
      await indexAnew(tx, { id: paperId, workspaceId: ctx.actor.workspaceId });
    }
    await raiseLibraryVersion(tx, ctx.actor.workspaceId);
  });
}

/** Adds tags to papers and takes others off. Throws INVALID when a paper would have too many. */
export async function tagPapers({
  ctx,
  paperIds,
  add = [],
  remove = [],
}: {
  ctx: Ctx;
  paperIds: string[];
  add?: string[];
  remove?: string[];
}): Promise<void> {
  authorise(ctx, 'paper.write');
  const [added, removed] = [z.array(tag).parse(add), z.array(tag).parse(remove)];
  await inWorkspace(ctx, async (tx) => {
    const changed = await tx
      .update(papers)
      .set({
        tags: sql`array(
          select distinct t from unnest(${papers.tags} || ${sql.param(added)}::text[]) t
          where t <> all (${sql.param(removed)}::text[]) order by t)`,
      })
      .where(inArray(papers.id, paperIds))
      .returning({ tags: papers.tags });
    if (changed.some(({ tags }) => tags.length > PAPER_LIMITS.tags)) {
      throw invalid('TAGS_TOO_MANY', `A paper takes at most ${PAPER_LIMITS.tags} tags.`);
    }
    await raiseLibraryVersion(tx, ctx.actor.workspaceId);
  });
}
