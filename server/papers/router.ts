import { z } from 'zod';
import { procedure, router } from '@/server/trpc/init';
import { openBatch } from './batches';
import { emptyBin, purgePapers, removePapers, restorePapers } from './bin';
import { editPaper, tagPapers } from './edit';
import { getPaper, listPapers, paperPagesOf } from './queries';
import { givePassword, readAgain } from './read-again';
import { PAPER_LIMITS, paperEdit, paperFilter, tag } from './schema';

const paper = z.object({ paperId: z.uuid() });
const selection = z.object({ paperIds: z.array(z.uuid()).min(1).max(PAPER_LIMITS.selection) });

export const papersRouter = router({
  list: procedure('paper.read')
    .input(paperFilter.optional())
    .query(({ ctx, input }) => listPapers({ ctx: ctx.ctx, filter: input })),
  get: procedure('paper.read')
    .input(paper)
    .query(({ ctx, input }) => getPaper({ ctx: ctx.ctx, ...input })),
  /** Pages as they were read; at most twenty at a time. */
  pages: procedure('paper.read')
    .input(paper.extend({ from: z.number().int().min(1), to: z.number().int().min(1) }))
    .query(({ ctx, input }) =>
      paperPagesOf({ ctx: ctx.ctx, ...input, to: Math.min(input.to, input.from + 19) }),
    ),
  openBatch: procedure('paper.write')
    .input(z.object({ slots: z.number().int() }))
    .mutation(({ ctx, input }) => openBatch({ ctx: ctx.ctx, ...input })),
  edit: procedure('paper.write')
    .input(paper.extend({ edit: paperEdit }))
    .mutation(({ ctx, input }) => editPaper({ ctx: ctx.ctx, ...input })),
  tag: procedure('paper.write')
    .input(selection.extend({ add: z.array(tag).optional(), remove: z.array(tag).optional() }))
    .mutation(({ ctx, input }) => tagPapers({ ctx: ctx.ctx, ...input })),
  readAgain: procedure('paper.write')
    .input(selection)
    .mutation(({ ctx, input }) => readAgain({ ctx: ctx.ctx, ...input })),
  givePassword: procedure('paper.write')
    .input(paper.extend({ password: z.string().min(1).max(1_000) }))
    .mutation(({ ctx, input }) => givePassword({ ctx: ctx.ctx, ...input })),
  /** Into the bin; the answer is what `restore` takes back. */
  remove: procedure('paper.write')
    .input(selection)
    .mutation(({ ctx, input }) => removePapers({ ctx: ctx.ctx, ...input })),
  restore: procedure('paper.write')
    .input(selection)
    .mutation(({ ctx, input }) => restorePapers({ ctx: ctx.ctx, ...input })),
  /** For good; only what lies in the bin. */
  purge: procedure('paper.write')
    .input(selection)
    .mutation(({ ctx, input }) => purgePapers({ ctx: ctx.ctx, ...input })),
  emptyBin: procedure('paper.write').mutation(({ ctx }) => emptyBin({ ctx: ctx.ctx })),
});
