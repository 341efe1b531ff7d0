'use client';

import { Badge } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import { Table, Td, Th } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { type FormAction, useFormAction } from '@/components/ui/use-form-action';
import type { OwnSession } from '@/server/auth/account';
import { deviceOf } from './device';

/** Where a person is signed in, and the way to end each session or all others. */
export function SessionList({
  sessions,
  actions,
}: {
  sessions: OwnSession[];
  actions: { end: FormAction; endOthers: FormAction };
}) {
  const [, end] = useFormAction(actions.end, 'The session is ended');
  const [, endOthers] = useFormAction(actions.endOthers, 'All other sessions are ended');
  return (
    <div className="space-y-4">
      <Table label="Sessions">
        <thead>
          <tr>
            <Th>Session</Th>
            <Th>
              <span className="sr-only">End it</span>
            </Th>
            <Th>Workspace</Th>
            <Th>Address</Th>
            <Th numeric>Last used</Th>
            <Th numeric>Signed in</Th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <Td rowHead>
                <span className="flex min-w-40 flex-wrap items-baseline gap-x-2">
                  {session.kind === 'program' ? 'Program' : deviceOf(session.userAgent)}
                  {session.isThis && <Badge tone="accent">this one</Badge>}
                </span>
              </Td>
              <Td>
                {!session.isThis && (
                  <form action={end}>
                    <input type="hidden" name="sessionId" value={session.id} />
                    <SubmitButton look="quiet" size="sm" pendingLabel="Ending">
                      End
                      <span className="sr-only"> {deviceOf(session.userAgent)}</span>
                    </SubmitButton>
                  </form>
                )}
              </Td>
              <Td>{session.workspaceName}</Td>
              <Td>{session.address}</Td>
              <Td numeric>
                <Time at={session.lastSeenAt} />
              </Td>
              <Td numeric>
                <Time at={session.createdAt} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {sessions.length > 1 && (
        <form action={endOthers}>
          <SubmitButton look="danger" size="sm" pendingLabel="Ending">
            Sign out everywhere else
          </SubmitButton>
        </form>
      )}
    </div>
  );
}
