'use client';

import { useActionState } from 'react';
import { Code } from '@/components/ui/code';
import { CopyButton } from '@/components/ui/copy';
import { Checkbox, InputField, SelectField } from '@/components/ui/field';
import { Callout } from '@/components/ui/states';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/components/ui/use-form-action';
import { SCOPE_IDS, SCOPE_WORDS } from '@/server/keys/schema';

const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '366', label: 'A year' },
  { value: '', label: 'Until it is revoked' },
];

/** Asks for a new key's name, scopes and end, and shows the key that one time. */
export function KeyForm({ action }: { action: FormAction }) {
  const [state, submit] = useActionState(action, null);
  const { key, keyName, name, scope, days } = state?.values ?? {};
  const ticked = state?.message ? (scope ?? '').split(' ') : ['read'];
  return (
    <>
      <div role="status">
        {key && (
          <div className="mb-6">
            <Callout tone="accent" title={`The key “${keyName}” is made. Copy it now.`}>
              <p>It is shown this once; what is stored is only its hash.</p>
              <p className="mt-2 flex items-center gap-1">
                <Code className="min-w-0 wrap-anywhere">{key}</Code>
                <CopyButton value={key} label="API key" />
              </p>
            </Callout>
          </div>
        )}
      </div>
      {/* The form starts anew once a key is made. */}
      <form key={key} action={submit} className="max-w-measure space-y-5">
        {state?.message && (
          <div role="alert">
            <Callout tone="bad" title={state.message} />
          </div>
        )}
        <InputField
          label="Name"
          hint="Which program uses it."
          name="name"
          required
          maxLength={80}
          defaultValue={name}
        />
        <fieldset>
          <legend className="text-sm font-medium">Scopes</legend>
          <div className="mt-1">
            {SCOPE_IDS.map((id) => (
              <Checkbox
                key={id}
                name="scope"
                value={id}
                defaultChecked={ticked.includes(id)}
                label={<Code>{id}</Code>}
                note={SCOPE_WORDS[id]}
              />
            ))}
          </div>
        </fieldset>
        <SelectField
          label="Valid for"
          name="days"
          defaultValue={state?.message ? days : '90'}
          options={LIFETIMES}
        />
        <SubmitButton pendingLabel="Making the key">Make key</SubmitButton>
      </form>
    </>
  );
}
