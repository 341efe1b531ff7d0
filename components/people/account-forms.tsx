'use client';

import { useEffect, useRef } from 'react';
import { InputField } from '@/components/ui/field';
import { Callout } from '@/components/ui/states';
import { Badge } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import { type FormAction, useFormAction } from '@/components/ui/use-form-action';
import { NAME_CHARACTERS } from '@/server/auth/schema';
import { NewPasswordField } from './door-forms';
import { FormProblem } from './form-problem';

const narrow = 'max-w-md space-y-4';

export function NameForm({ action, name }: { action: FormAction; name: string }) {
  const [state, submit] = useFormAction(action, 'Your name is changed');
  return (
    <form action={submit} className={narrow}>
      <FormProblem state={state} />
      <InputField
        label="Name"
        hideLabel
        name="name"
        autoComplete="name"
        required
        maxLength={NAME_CHARACTERS}
        defaultValue={state?.values.name ?? name}
      />
      <SubmitButton look="plain" pendingLabel="Changing">
        Change name
      </SubmitButton>
    </form>
  );
}

export function EmailForm({
  action,
  email,
  isVerified,
  mails,
}: {
  action: FormAction;
  email: string | null;
  isVerified: boolean;
  /** Whether this installation sends mail at all. */
  mails: boolean;
}) {
  const [state, submit] = useFormAction(action, 'A link is on its way');
  const sent = state && !state.message;
  return (
    <div className={narrow}>
      <p className="flex flex-wrap items-baseline gap-2">
        {email ?? <span className="text-ink-2">You have none.</span>}
        {email &&
          (isVerified ? <Badge>confirmed</Badge> : <Badge tone="caution">not confirmed</Badge>)}
      </p>
      {mails ? (
        <form action={submit} className="space-y-4">
          <FormProblem state={state} />
          {sent && (
            <Callout tone="accent" title={`Look into the mailbox of ${state.values.email}`}>
              The address is yours as soon as you open the link that was sent there.
            </Callout>
          )}
          <InputField
            label={email && !isVerified ? 'Address to confirm' : 'New address'}
            name="email"
            type="email"
            autoComplete="email"
            spellCheck={false}
            required
            defaultValue={state?.values.email ?? (isVerified ? undefined : (email ?? undefined))}
          />
          <SubmitButton look="plain" pendingLabel="Sending">
            Mail a link to confirm it
          </SubmitButton>
        </form>
      ) : (
        <p className="text-sm text-ink-2">
          This installation sends no mail, so an address cannot be confirmed.
        </p>
      )}
    </div>
  );
}

export function PasswordForm({
  action,
  changedAt,
  hasEmail,
}: {
  action: FormAction;
  /** Null: there is none yet. */
  changedAt: Date | null;
  hasEmail: boolean;
}) {
  const [state, submit] = useFormAction(action, 'Your password is changed');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state && !state.message) form.current?.reset();
  }, [state]);
  return (
    <form ref={form} action={submit} className={narrow}>
      <FormProblem state={state} />
      {changedAt ? (
        <>
          <p className="text-sm text-ink-2">
            Last changed <Time at={changedAt} />.
          </p>
          <InputField
            label="Present password"
            name="presentPassword"
            type="password"
            autoComplete="current-password"
            required
          />
        </>
      ) : (
        <p className="text-sm text-ink-2">
          You have none yet.
          {!hasEmail && ' To sign in with one you also need an e-mail address.'}
        </p>
      )}
      <NewPasswordField label="New password" />
      <SubmitButton look="plain" pendingLabel="Changing">
        {changedAt ? 'Change password' : 'Set a password'}
      </SubmitButton>
    </form>
  );
}
