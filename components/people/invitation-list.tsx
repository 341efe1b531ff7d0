'use client';

import { EmptyState } from '@/components/ui/states';
import { SubmitButton } from '@/components/ui/submit-button';
import { Table, Td, Th } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { type FormAction, useFormAction } from '@/components/ui/use-form-action';
import type { OpenInvitation } from '@/server/workspaces/invite';

export function InvitationList({
  invitations,
  withdraw,
}: {
  invitations: OpenInvitation[];
  withdraw: FormAction;
}) {
  const [, submit] = useFormAction(withdraw, 'The invitation is withdrawn');
  if (invitations.length === 0) {
    return (
      <EmptyState title="Nobody is invited">
        An invitation stands here until it is accepted, withdrawn or too old.
      </EmptyState>
    );
  }
  return (
    <Table label="Open invitations">
      <thead>
        <tr>
          <Th>For</Th>
          <Th>Role</Th>
          <Th>Invited by</Th>
          <Th numeric>Good until</Th>
          <Th>
            <span className="sr-only">Withdraw it</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {invitations.map((invitation) => (
          <tr key={invitation.id}>
            <Td rowHead>{invitation.email ?? 'whoever has the link'}</Td>
            <Td>{invitation.role}</Td>
            <Td>{invitation.invitedBy}</Td>
            <Td numeric>
              <Time at={invitation.expiresAt} absolute />
            </Td>
            <Td>
              <form action={submit}>
                <input type="hidden" name="invitationId" value={invitation.id} />
                <SubmitButton look="quiet" size="sm" pendingLabel="Withdrawing">
                  Withdraw
                  <span className="sr-only"> {invitation.email ?? 'the link'}</span>
                </SubmitButton>
              </form>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
