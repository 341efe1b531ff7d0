import type { Metadata } from 'next';
import { forPage, may } from '@/app/page-context';
import { KeyForm } from '@/components/keys/key-form';
import { KeyTable } from '@/components/keys/key-table';
import { Code } from '@/components/ui/code';
import { TextLink } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import { EmptyState } from '@/components/ui/states';
import { listKeys } from '@/server/keys';
import { create, revoke } from './actions';

export const metadata: Metadata = { title: 'API keys' };

export default async function KeysPage() {
  const allowed = await may('key.manage');
  const keys = allowed ? await forPage((ctx) => listKeys({ ctx })) : [];
  return (
    <>
      <p className="mb-8 max-w-measure text-ink-2">
        Programs of this workspace call with a key in the header <Code>X-API-Key</Code>. What they
        can call is described in the <TextLink href="/docs">API documentation</TextLink>.
      </p>
      {allowed ? (
        <>
          <Section title="New key" layout="margin">
            <KeyForm action={create} />
          </Section>
          <Section
            title="Keys"
            note="A revoked key is refused at once, and what it has open ends. The list keeps keys that ended."
          >
            {keys.length === 0 ? (
              <EmptyState title="No key yet">
                Make one above, one for each program, so that each can be revoked alone.
              </EmptyState>
            ) : (
              <KeyTable keys={keys} revoke={revoke} />
            )}
          </Section>
        </>
      ) : (
        <EmptyState title="Keys are kept by admins">
          Ask an admin of this workspace for a key, and say what your program has to do.
        </EmptyState>
      )}
    </>
  );
}
