import { z } from 'zod';
import { procedure, router } from '@/server/trpc/init';
import { listAudit } from './queries';
import { AUDIT_ACTIONS, type AuditAction } from './schema';

const actions = Object.keys(AUDIT_ACTIONS) as [AuditAction, ...AuditAction[]];

export const auditRouter = router({
  list: procedure('audit.read')
    .input(
      z
        .object({
          action: z.enum(actions).nullish(),
          search: z.string().max(200).nullish(),
          from: z.iso.date().nullish(),
          to: z.iso.date().nullish(),
          page: z.number().int().min(1).max(10_000).default(1),
        })
        .prefault({}),
    )
    .query(({ ctx, input: { page, ...filter } }) => listAudit({ ctx: ctx.ctx, filter, page })),
});
