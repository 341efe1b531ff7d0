'use client';

import { type ReactNode, useActionState } from 'react';
import { InputField } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/components/ui/use-form-action';
import { NAME_CHARACTERS, PASSWORD_LENGTH } from '@/server/auth/schema';
import { FormProblem } from './form-problem';

/** The link's secret goes along with the form that was reached by it. */
function Carried({ name, value }: { name: string; value: string | null }) {
  return value === null ? null : <input type="hidden" name={name} value={value} />;
}

function EmailField({ value, fixed }: { value?: string; fixed?: boolean }) {
  return (
    <InputField
      label="E-mail address"
      name="email"
      type="email"
      autoComplete="username"
      spellCheck={false}
      required
      readOnly={fixed}
      defaultValue={value}
    />
  );
}

export function NewPasswordField({ label = 'Password' }: { label?: string }) {
  return (
    <InputField
      label={label}
      hint={`At least ${PASSWORD_LENGTH.min} characters; a few words in a row are easy to keep in mind.`}
      name="newPassword"
      type="password"
      autoComplete="new-password"
      required
      minLength={PASSWORD_LENGTH.min}
      maxLength={PASSWORD_LENGTH.max}
    />
  );
}

export function SignInForm({
  action,
  invitation,
}: {
  action: FormAction;
  invitation: string | null;
}) {
  const [state, submit] = useActionState(action, null);
  return (
    <form action={submit} className="space-y-4">
      <FormProblem state={state} />
      <Carried name="invitationToken" value={invitation} />
      <EmailField value={state?.values.email} />
      <InputField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <SubmitButton pendingLabel="Signing in">Sign in</SubmitButton>
    </form>
  );
}

export function RegisterForm({
  action,
  invitation,
  email,
}: {
  action: FormAction;
  invitation: string | null;
  /** The address that was invited; no other may be used. */
  email: string | null;
}) {
  const [state, submit] = useActionState(action, null);
  return (
    <form action={submit} className="space-y-4">
      <FormProblem state={state} />
      <Carried name="invitationToken" value={invitation} />
      <InputField
        label="Name"
        hint="As your colleagues are to see it."
        name="name"
        autoComplete="name"
        required
        maxLength={NAME_CHARACTERS}
        defaultValue={state?.values.name}
      />
      <EmailField value={email ?? state?.values.email} fixed={email !== null} />
      <NewPasswordField />
      <SubmitButton pendingLabel="Making the account">Make an account</SubmitButton>
    </form>
  );
}

export function ForgotPasswordForm({ action }: { action: FormAction }) {
  const [state, submit] = useActionState(action, null);
  return (
    <form action={submit} className="space-y-4">
      <FormProblem state={state} />
      <EmailField value={state?.values.email} />
      <SubmitButton pendingLabel="Sending">Mail me a link</SubmitButton>
    </form>
  );
}

export function ResetPasswordForm({ action, token }: { action: FormAction; token: string }) {
  const [state, submit] = useActionState(action, null);
  return (
    <form action={submit} className="space-y-4">
      <FormProblem state={state} />
      <Carried name="token" value={token} />
      <NewPasswordField label="New password" />
      <SubmitButton pendingLabel="Changing the password">Change password and sign in</SubmitButton>
    </form>
  );
}

/** A form of one button: the secret that led here does its work only when it is pressed. */
export function OneButtonForm({
  action,
  name,
  value,
  children,
  pendingLabel,
}: {
  action: FormAction;
  name: string;
  value: string;
  children: ReactNode;
  pendingLabel: string;
}) {
  const [state, submit] = useActionState(action, null);
  return (
    <form action={submit} className="space-y-4">
      <FormProblem state={state} />
      <Carried name={name} value={value} />
      <SubmitButton pendingLabel={pendingLabel}>{children}</SubmitButton>
    </form>
  );
}

/** The way by the identity provider. */
export function ProviderForm({
  action,
  provider,
  invitation,
}: {
  action: FormAction;
  provider: string;
  invitation: string | null;
}) {
  const [state, submit] = useActionState(action, null);
  return (
    <form action={submit} className="space-y-4">
      <FormProblem state={state} />
      <Carried name="invitationToken" value={invitation} />
      <SubmitButton look="plain" pendingLabel={`Going to ${provider}`}>
        Continue with {provider}
      </SubmitButton>
    </form>
  );
}
