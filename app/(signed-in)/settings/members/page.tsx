import type { Metadata } from 'next';
import { forPage, may } from '@/app/page-context';
import { InvitationList } from '@/components/people/invitation-list';
import { InviteForm } from '@/components/people/invite-form';
import { MemberTable } from '@/components/people/member-table';
import { PermissionTable } from '@/components/people/permission-table';
import { Disclosure } from '@/components/ui/disclosure';
import { Section } from '@/components/ui/section';
import { PERMISSIONS } from '@/server/context';
import { web } from '@/server/web';
import { listInvitations } from '@/server/workspaces/invite';
import { listMembers } from '@/server/workspaces/members';
import { currentWorkspace } from '@/server/workspaces/workspace';
import { changeRole, handOver, invite, leave, remove, withdraw } from './actions';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage() {
  const manages = await may('member.manage');
  const { own, workspace, members, invitations } = await forPage(async (ctx) => ({
    own: ctx.actor.kind === 'user' ? ctx.actor.userId : '',
    workspace: await currentWorkspace({ ctx }),
    members: await listMembers({ ctx }),
    invitations: manages ? await listInvitations({ ctx }) : [],
  }));
  return (
    <>
      <Section title={`Members of ${workspace.name}`}>
        <MemberTable
          members={members}
          own={own}
          manages={manages}
          actions={{ changeRole, remove, leave, handOver }}
        />
        <div className="mt-4">
          <Disclosure summary="Who may do what">
            <PermissionTable permissions={PERMISSIONS} />
          </Disclosure>
        </div>
      </Section>
      {manages && (
        <>
          <Section
            title="Invite someone"
            layout="margin"
            note="By mail to one address, or by a link that whoever has it may use once."
          >
            <InviteForm action={invite} mails={web().mailer !== null} />
          </Section>
          <Section title="Open invitations" layout="margin">
            <InvitationList invitations={invitations} withdraw={withdraw} />
          </Section>
        </>
      )}
    </>
  );
}
