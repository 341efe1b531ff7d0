'use client';

import { useActionState, useEffect, useRef } from 'react';
import { Identifier } from '@/components/ui/copy';
import { InputField } from '@/components/ui/field';
import { Callout } from '@/components/ui/states';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/components/ui/use-form-action';
import { INVITATION_DAYS } from '@/server/workspaces/schema';
import { FormProblem } from './form-problem';
import { RoleField } from './role-field';

export function InviteForm({
  action,
  mails,
}: {
  action: FormAction;
  /** Whether this installation sends mail at all. */
  mails: boolean;
}) {
  const [state, submit] = useActionState(action, null);
  const form = useRef<HTMLFormElement>(null);
  const made = state && !state.message ? state.values : null;
  useEffect(() => {
    if (made) form.current?.reset();
  }, [made]);
  return (
    <form ref={form} action={submit} className="max-w-measure space-y-4">
      <FormProblem state={state} />
      {made && (
        <div role="status">
          {made.link ? (
            <Callout tone="accent" title="A link, shown this once">
              <p className="py-1">
                <Identifier value={made.link} label="the link" />
              </p>
              <p>Whoever opens it may join, once and within {INVITATION_DAYS} days.</p>
            </Callout>
          ) : (
            <Callout tone="accent" title={`The invitation is on its way to ${made.email}`} />
          )}
        </div>
      )}
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem] sm:items-end">
        <InputField
          label="E-mail address"
          hint={
            mails ? 'Leave it empty for a link.' : 'This installation sends no mail: make a link.'
          }
          name="email"
          type="email"
          autoComplete="off"
          spellCheck={false}
          disabled={!mails}
          defaultValue={state?.message ? state.values.email : undefined}
        />
        <RoleField label="Role" value={state?.message ? state.values.role : undefined} />
      </div>
      <SubmitButton look="plain" pendingLabel="Inviting">
        Invite
      </SubmitButton>
    </form>
  );
}
