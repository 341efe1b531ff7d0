'use client';

import { useEffect, useRef } from 'react';
import { Callout } from '@/components/ui/states';
import type { FormState } from '@/components/ui/use-form-action';

/** Why the form was not taken; brought to the reader, also to one who does not see it. */
export function FormProblem({ state }: { state: FormState | null }) {
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state?.message) alert.current?.focus();
  }, [state]);
  if (!state?.message) return null;
  return (
    <div ref={alert} role="alert" tabIndex={-1} className="scroll-my-8 outline-none">
      <Callout tone="bad" title={state.message} />
    </div>
  );
}
