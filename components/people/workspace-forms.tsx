'use client';

import { useActionState } from 'react';
import { InputField } from '@/components/ui/field';
import { Badge } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import { type FormAction, useFormAction } from '@/components/ui/use-form-action';
import type { Membership } from '@/server/auth/sign-in';
import { WORKSPACE_NAME_CHARACTERS } from '@/server/workspaces/schema';
import { FormProblem } from './form-problem';

export function WorkspaceList({
  workspaces,
  current,
  action,
}: {
  workspaces: Membership[];
  /** The id of the one the person stands in. */
  current: string;
  action: FormAction;
}) {
  const [state, submit] = useActionState(action, null);
  return (
    <>
      <FormProblem state={state} />
      <ul className="divide-y divide-rule border-y border-rule">
        {workspaces.map(({ workspaceId, workspaceName, role }) => (
          <li
            key={workspaceId}
            className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5"
          >
            <span className="min-w-0 wrap-anywhere">
              {workspaceName} <span className="text-sm text-ink-2">as {role}</span>
            </span>
            {workspaceId === current ? (
              <Badge tone="accent">you are here</Badge>
            ) : (
              <form action={submit}>
                <input type="hidden" name="workspaceId" value={workspaceId} />
                <SubmitButton look="plain" size="sm" pendingLabel="Switching">
                  Switch
                  <span className="sr-only"> to {workspaceName}</span>
                </SubmitButton>
              </form>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function WorkspaceNameField({ label, value }: { label: string; value?: string }) {
  return (
    <InputField
      label={label}
      name="name"
      autoComplete="off"
      required
      maxLength={WORKSPACE_NAME_CHARACTERS}
      defaultValue={value}
    />
  );
}

export function RenameWorkspaceForm({ action, name }: { action: FormAction; name: string }) {
  const [state, submit] = useFormAction(action, 'The workspace has another name');
  return (
    <form action={submit} className="max-w-md space-y-4">
      <FormProblem state={state} />
      <WorkspaceNameField label="Name" value={state?.values.name ?? name} />
      <SubmitButton look="plain" pendingLabel="Renaming">
        Rename
      </SubmitButton>
    </form>
  );
}

export function NewWorkspaceForm({ action }: { action: FormAction }) {
  const [state, submit] = useActionState(action, null);
  return (
    <form action={submit} className="max-w-md space-y-4">
      <FormProblem state={state} />
      <WorkspaceNameField label="Name of the new one" value={state?.values.name} />
      <SubmitButton look="plain" pendingLabel="Making it">
        Make a workspace
      </SubmitButton>
    </form>
  );
}
