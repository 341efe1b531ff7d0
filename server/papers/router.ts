import { z } from 'zod';
import { procedure, router } from '@/server/trpc/init';
import { addIdentifiers } from './add-identifiers';
import {
  addedIdentifiersAnswer,
  batchAnswer,
  paperAnswer,
  paperIdsAnswer,
  paperListAnswer,
} from './answers';
import { openBatch } from './batches';
import { emptyBin, purgePapers, removePapers, restorePapers } from './bin';
import { editPaper, tagPapers } from './edit';
import { paperPagesOf } from './pages';
import { getPaper, listPapers } from './queries';
import { givePassword, readAgain } from './read-again';
import { PAPER_LIMITS, paperEdit, paperFilter, tag } from './schema';

const paper = z.object({ paperId: z.uuid() });
const selection = z.object({ paperIds: z.array(z.uuid()).min(1).max(PAPER_LIMITS.selection) });

export const papersRouter = router({
  list: procedure('paper.read', {
    limit: 'lists',
    api: {
      method: 'GET',
      path: '/papers',
      tag: 'papers',
      summary: 'Papers of the library, with facets',
      answers: paperListAnswer,
    },
  })
    .input(paperFilter.optional())
    .query(({ ctx, input }) => listPapers({ ctx: ctx.ctx, filter: input })),
  get: procedure('paper.read', {
    api: {
      method: 'GET',
      path: '/papers/{paperId}',
      tag: 'papers',
      summary: 'One paper, but for its pages',
      answers: paperAnswer,
    },
  })
    .input(paper)
    .query(({ ctx, input }) => getPaper({ ctx: ctx.ctx, ...input })),
  /** Pages as they were read; at most twenty at a time. */
  pages: procedure('paper.read')
    .input(paper.extend({ from: z.number().int().min(1), to: z.number().int().min(1) }))
    .query(({ ctx, input }) =>
      paperPagesOf({ ctx: ctx.ctx, ...input, to: Math.min(input.to, input.from + 19) }),
    ),
  openBatch: procedure('paper.write', {
    limit: 'uploads',
    api: {
      method: 'POST',
      path: '/papers/batches',
      tag: 'papers',
      summary:
        'Open slots for up to 500 files; send each with PUT to /papers/batches/{batchId}/files/{slot}',
      answers: batchAnswer,
      status: 201,
    },
  })
    .input(z.object({ slots: z.number().int() }))
    .mutation(({ ctx, input }) => openBatch({ ctx: ctx.ctx, ...input })),
  /** DOIs and arXiv ids, parted by lines, blanks or commas. */
  addIdentifiers: procedure('paper.write', {
    limit: 'uploads',
    api: {
      method: 'POST',
      path: '/papers/identifiers',
      tag: 'papers',
      summary: 'Add papers by DOI or arXiv id, up to 200 at a time',
      answers: addedIdentifiersAnswer,
    },
  })
    .input(z.object({ text: z.string().max(50_000) }))
    .mutation(({ ctx, input }) => addIdentifiers({ ctx: ctx.ctx, ...input })),
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
  remove: procedure('paper.write', {
    api: {
      method: 'POST',
      path: '/papers/remove',
      tag: 'papers',
      summary: 'Move papers to the bin',
      answers: paperIdsAnswer,
    },
  })
    .input(selection)
    .mutation(({ ctx, input }) => removePapers({ ctx: ctx.ctx, ...input })),
  restore: procedure('paper.write', {
    api: {
      method: 'POST',
      path: '/papers/restore',
      tag: 'papers',
      summary: 'Take papers out of the bin',
      answers: paperIdsAnswer,
    },
  })
    .input(selection)
    .mutation(({ ctx, input }) => restorePapers({ ctx: ctx.ctx, ...input })),
  /** For good; only what lies in the bin. */
  purge: procedure('paper.write')
    .input(selection)
    .mutation(({ ctx, input }) => purgePapers({ ctx: ctx.ctx, ...input })),
  emptyBin: procedure('paper.write').mutation(({ ctx }) => emptyBin({ ctx: ctx.ctx })),
});
