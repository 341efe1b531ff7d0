'use client';

import { Badge } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import { Table, Td, Th } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { type FormAction, useFormAction } from '@/components/ui/use-form-action';
import type { Member } from '@/server/workspaces/members';
import { RoleField } from './role-field';

export interface MemberActions {
  changeRole: FormAction;
  remove: FormAction;
  leave: FormAction;
  handOver: FormAction;
}

export function MemberTable({
  members,
  own,
  manages,
  actions,
}: {
  members: Member[];
  /** The id of who looks. */
  own: string;
  /** May they change who is a member? */
  manages: boolean;
  actions: MemberActions;
}) {
  const [, changeRole] = useFormAction(actions.changeRole, 'The role is changed');
  const [, remove] = useFormAction(actions.remove, 'They are no member any more');
  const [, leave] = useFormAction(actions.leave, 'You have left');
  const [, handOver] = useFormAction(actions.handOver, 'The workspace is handed over');
  return (
    <Table label="Members">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>E-mail address</Th>
          <Th>Role</Th>
          <Th numeric>Since</Th>
          <Th>
            <span className="sr-only">What can be done</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.userId}>
            <Td rowHead>
              <span className="flex min-w-32 flex-wrap items-baseline gap-x-2">
                {member.name}
                {member.userId === own && <Badge tone="accent">you</Badge>}
              </span>
            </Td>
            <Td>{member.email}</Td>
            <Td>
              {manages ? (
                <form action={changeRole} className="flex min-w-56 items-center gap-2">
                  <input type="hidden" name="userId" value={member.userId} />
                  <RoleField
                    key={member.role}
                    label={`Role of ${member.name}`}
                    hideLabel
                    value={member.role}
                  />
                  <SubmitButton look="quiet" size="sm" pendingLabel="Changing">
                    Change
                    <span className="sr-only"> the role of {member.name}</span>
                  </SubmitButton>
                </form>
              ) : (
                member.role
              )}
            </Td>
            <Td numeric>
              <Time at={member.joinedAt} />
            </Td>
            <Td>
              {member.userId === own ? (
                <form action={leave}>
                  <SubmitButton look="quiet" size="sm" pendingLabel="Leaving">
                    Leave
                  </SubmitButton>
                </form>
              ) : (
                manages && (
                  <div className="flex gap-1">
                    <MemberForm action={remove} member={member} label="Remove" />
                    <MemberForm action={handOver} member={member} label="Hand over" to />
                  </div>
                )
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function MemberForm({
  action,
  member,
  label,
  to,
}: {
  action: (form: FormData) => void;
  member: Member;
  label: string;
  to?: boolean;
}) {
  return (
    <form action={action}>
      <input type="hidden" name="userId" value={member.userId} />
      <SubmitButton look="quiet" size="sm">
        {label}
        <span className="sr-only">
          {to ? ' the workspace to ' : ' '}
          {member.name}
        </span>
      </SubmitButton>
    </form>
  );
}
