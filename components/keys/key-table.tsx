'use client';

import { Code } from '@/components/ui/code';
import { type State, StatusMark } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import { Table, Td, Th } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { type FormAction, useFormAction } from '@/components/ui/use-form-action';
import type { KeySummary } from '@/server/keys/schema';

const LOOK: Record<KeySummary['state'], { state: State; word: string }> = {
  active: { state: 'done', word: 'In force' },
  expired: { state: 'skipped', word: 'Expired' },
  revoked: { state: 'stopped', word: 'Revoked' },
};

/** The workspace's keys, each with the way to revoke it. */
export function KeyTable({ keys, revoke }: { keys: KeySummary[]; revoke: FormAction }) {
  const [state, submit] = useFormAction(revoke, 'The key is revoked');
  return (
    <>
      {state?.message && (
        <p role="alert" className="mb-3 text-sm text-bad">
          {state.message}
        </p>
      )}
      <Table label="API keys">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Begins with</Th>
            <Th>State</Th>
            <Th>Scopes</Th>
            <Th numeric>Last used</Th>
            <Th numeric>Valid until</Th>
            <Th>Made</Th>
            <Th>
              <span className="sr-only">Revoke</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <Td rowHead>
                <span className="block min-w-32 wrap-anywhere">{key.name}</span>
              </Td>
              <Td>
                <Code>{key.prefix}</Code>
              </Td>
              <Td>
                <StatusMark state={LOOK[key.state].state}>{LOOK[key.state].word}</StatusMark>
              </Td>
              <Td>{key.scopes.join(', ')}</Td>
              <Td numeric>{key.lastUsedAt ? <Time at={key.lastUsedAt} /> : 'never'}</Td>
              <Td numeric>{key.expiresAt ? <Time at={key.expiresAt} /> : 'revoked'}</Td>
              <Td>
                <span className="block min-w-32">
                  <Time at={key.createdAt} />
                  {key.createdBy && ` by ${key.createdBy}`}
                </span>
              </Td>
              <Td>{key.state === 'active' && <Revoke id={key.id} action={submit} />}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

/** Asked twice, without a script too: what uses the key stops at once. */
function Revoke({ id, action }: { id: string; action: (form: FormData) => void }) {
  return (
    <details>
      <summary className="min-h-7 px-1 text-sm font-medium text-bad">Revoke</summary>
      <form action={action} className="mt-1">
        <input type="hidden" name="keyId" value={id} />
        <SubmitButton look="danger" size="sm" pendingLabel="Revoking">
          Yes, revoke it
        </SubmitButton>
      </form>
    </details>
  );
}
