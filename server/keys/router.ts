import { z } from 'zod';
import { procedure, router } from '@/server/trpc/init';
import { createKey } from './create';
import { listKeys } from './queries';
import { revokeKey } from './revoke';
import { createKeyInput } from './schema';

export const keysRouter = router({
  list: procedure('key.manage').query(({ ctx }) => listKeys({ ctx: ctx.ctx })),
  create: procedure('key.manage')
    .input(createKeyInput)
    .mutation(({ ctx, input }) => createKey({ ctx: ctx.ctx, input })),
  revoke: procedure('key.manage')
    .input(z.object({ keyId: z.uuid() }))
    .mutation(({ ctx, input }) => revokeKey({ ctx: ctx.ctx, ...input })),
});
