'use client';

import { SubmitButton } from '@/components/ui/submit-button';
import { type FormAction, useFormAction } from '@/components/ui/use-form-action';

/** Makes void what the cache keeps for this workspace. */
export function ForgetCache({ action }: { action: FormAction }) {
  const [state, submit] = useFormAction(action, 'What was kept for this workspace is void');
  return (
    <form action={submit}>
      {state?.message && (
        <p role="alert" className="text-sm text-bad">
          {state.message}
        </p>
      )}
      <SubmitButton look="plain" size="sm" pendingLabel="Forgetting">
        Forget what is kept for this workspace
      </SubmitButton>
    </form>
  );
}
