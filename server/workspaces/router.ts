import { procedure, router } from '@/server/trpc/init';
import { listMembers } from './members';
import { currentWorkspace, listWorkspaces } from './workspace';

export const workspacesRouter = router({
  /** The workspace one stands in. */
  current: procedure('member.read').query(({ ctx }) => currentWorkspace({ ctx: ctx.ctx })),
  members: procedure('member.read').query(({ ctx }) => listMembers({ ctx: ctx.ctx })),
  /** All workspaces of the person who asks. */
  list: procedure('account.manage').query(({ ctx }) => listWorkspaces({ ctx: ctx.ctx })),
});
