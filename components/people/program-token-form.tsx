'use client';

import { useActionState } from 'react';
import { Code } from '@/components/ui/code';
import { Identifier } from '@/components/ui/copy';
import { Callout } from '@/components/ui/states';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/components/ui/use-form-action';
import { FormProblem } from './form-problem';

/** Makes a one-time token and shows it once. */
export function ProgramTokenForm({ action }: { action: FormAction }) {
  const [state, submit] = useActionState(action, null);
  const token = state?.values.token;
  return (
    <form action={submit} className="max-w-measure space-y-4">
      <FormProblem state={state} />
      {token && (
        <Callout tone="accent" title="A one-time token, shown this once">
          <p className="py-1">
            <Identifier value={token} label="the token" />
          </p>
          <p>
            It works once and for ten minutes: POST it to <Code>/api/auth/token</Code> as{' '}
            <Code>grant_type=one_time_token</Code> and <Code>token</Code>.
          </p>
        </Callout>
      )}
      <SubmitButton look="plain" pendingLabel="Making a token">
        Make a one-time token
      </SubmitButton>
    </form>
  );
}
