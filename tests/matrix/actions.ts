/** What each server action is sent. A new one needs its line here. */
import type { Permission } from '@/server/context';
import type { Things } from './things';

export interface Sent {
  /** Null: it is for whoever has not signed in, and carries its own proof. */
  permission: Permission | null;
  form?: (things: Things) => Record<string, string>;
  /** It names a thing of a workspace: a stranger's is not found. */
  names?: true;
  /** What it names is not among the owner's things either, so that its own people do not find it. */
  bare?: true;
}

const run = 'app/(signed-in)/runs/[id]/actions.ts';
const account = 'app/(signed-in)/settings/account/actions.ts';
const members = 'app/(signed-in)/settings/members/actions.ts';
const workspaces = 'app/(signed-in)/settings/workspaces/actions.ts';
const keys = 'app/(signed-in)/settings/keys/actions.ts';
const votes = 'app/(signed-in)/runs/[id]/evidence/actions.ts';
const asking = 'app/(signed-in)/ask/actions.ts';
const door = 'app/sign-in/actions.ts';

const onJob: Sent = { permission: 'job.control', form: ({ jobId }) => ({ jobId }), names: true };
const onMember: Sent = {
  permission: 'member.manage',
  form: ({ userId }) => ({ userId, role: 'researcher' }),
  names: true,
};
const onEvidence: Sent = { permission: 'feedback.write', names: true };
const onAnswer: Sent = {
  permission: 'question.ask',
  form: ({ answerId }) => ({ answerId }),
  names: true,
};
const sent = (permission: Permission, form: Record<string, string> = {}): Sent => ({
  permission,
  form: () => form,
});
const open: Sent = { permission: null };

export const ACTIONS: Record<string, Sent> = {
  'app/(signed-in)/new/actions.ts#submit': sent('job.submit', {
    text: 'aspirin',
    source: 'chembl',
  }),
  [`${run}#cancel`]: onJob,
  [`${run}#finish`]: onJob,
  [`${run}#retry`]: onJob,
  [`${run}#choose`]: {
    ...onJob,
    form: ({ jobId }) => ({ jobId, inchiKey: 'A'.repeat(27) }),
  },
  'app/(signed-in)/review/actions.ts#decide': {
    permission: 'feedback.review',
    form: ({ flagId }) => ({ flagId, status: 'accepted', note: '' }),
    names: true,
  },
  [`${votes}#castVote`]: {
    ...onEvidence,
    form: ({ jobId, evidenceId }) => ({ jobId, evidenceId, value: '1' }),
  },
  [`${votes}#raiseFlag`]: {
    ...onEvidence,
    form: ({ jobId, evidenceId }) => ({ jobId, evidenceId, reason: 'wrong', comment: '' }),
  },
  // Only one's own flag can be taken back.
  [`${votes}#takeFlagBack`]: { ...onEvidence, form: ({ flagId }) => ({ flagId }), bare: true },
  'app/(signed-in)/settings/cache/actions.ts#forget': sent('operation.manage'),
  [`${asking}#askQuestion`]: {
    permission: 'question.ask',
    form: ({ conversationId }) => ({ conversationId, text: 'Why?' }),
    names: true,
  },
  [`${asking}#stop`]: onAnswer,
  [`${asking}#again`]: onAnswer,
  'app/(signed-in)/papers/actions.ts#addIdentifiers': sent('paper.write', {
    identifiers: '10.1000/matrix',
  }),
  'app/(signed-in)/papers/actions.ts#change': {
    permission: 'paper.write',
    form: ({ paperId }) => ({ paper: paperId, do: 'read-again' }),
    names: true,
  },
  'app/(signed-in)/papers/[id]/actions.ts#edit': {
    permission: 'paper.write',
    form: ({ paperId }) => ({ paperId, title: 'Another' }),
    names: true,
  },
  [`${account}#rename`]: sent('account.manage', { name: 'Another' }),
  [`${account}#askToConfirm`]: sent('account.manage', { email: 'another@example.org' }),
  [`${account}#changePassword`]: sent('account.manage', { newPassword: 'violet kettle ninety' }),
  [`${account}#endSession`]: {
    permission: 'account.manage',
    form: ({ sessionId }) => ({ sessionId }),
    names: true,
    // Of sessions only one's own are found, in one's own workspace too.
    bare: true,
  },
  [`${account}#endOtherSessions`]: sent('account.manage'),
  [`${account}#chooseTheme`]: sent('account.manage', { theme: 'dark' }),
  [`${account}#makeProgramToken`]: sent('account.manage'),
  [`${members}#changeRole`]: onMember,
  [`${members}#remove`]: onMember,
  [`${members}#handOver`]: onMember,
  [`${members}#invite`]: sent('member.manage', { role: 'viewer' }),
  [`${members}#withdraw`]: {
    permission: 'member.manage',
    form: ({ invitationId }) => ({ invitationId }),
    names: true,
  },
  [`${members}#leave`]: sent('account.manage'),
  [`${workspaces}#switchTo`]: {
    permission: 'account.manage',
    form: ({ workspaceId }) => ({ workspaceId }),
    names: true,
  },
  [`${workspaces}#create`]: sent('account.manage', { name: 'Another' }),
  [`${workspaces}#rename`]: sent('workspace.manage', { name: 'Another' }),
  [`${keys}#create`]: sent('key.manage', { name: 'one', scope: 'read' }),
  [`${keys}#revoke`]: { permission: 'key.manage', form: ({ keyId }) => ({ keyId }), names: true },
  [`${door}#signInWithToken`]: open,
  [`${door}#signIn`]: open,
  [`${door}#register`]: open,
  [`${door}#signInAtProvider`]: open,
  [`${door}#askForReset`]: open,
  [`${door}#reset`]: open,
  [`${door}#confirm`]: open,
  [`${door}#join`]: open,
  [`${door}#signOut`]: open,
};
