'use client';

import { useActionState } from 'react';
import { ButtonLink } from '@/components/ui/button';
import { Callout } from '@/components/ui/states';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/components/ui/use-form-action';
import { FlagFields } from './flag-fields';

export function FlagForm({
  action,
  jobId,
  evidenceId,
}: {
  action: FormAction;
  jobId: string;
  evidenceId: string;
}) {
  const [state, submit] = useActionState(action, null);
  return (
    <form action={submit} className="max-w-xl space-y-4">
      {state?.message && <Callout tone="bad" title={state.message} />}
      <input type="hidden" name="jobId" value={jobId} />
      <input type="hidden" name="evidenceId" value={evidenceId} />
      <input type="hidden" name="return" value="1" />
      <FlagFields />
      <div className="flex gap-2">
        <SubmitButton>Flag</SubmitButton>
        <ButtonLink href={`/runs/${jobId}/evidence?record=${evidenceId}`}>Cancel</ButtonLink>
      </div>
    </form>
  );
}
