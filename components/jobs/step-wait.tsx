'use client';

import { Countdown } from '@/components/ui/time';
import type { StepView } from '@/server/jobs/queries';

/** What a step waits for, and how much longer. */
export function StepWait({
  step,
}: {
  step: Pick<StepView, 'status' | 'waitingFor' | 'waitingUntil'>;
}) {
  return (
    <>
      {step.status === 'pending' ? `To be tried again after ${step.waitingFor}` : step.waitingFor}
      {step.waitingUntil && (
        <>
          {' '}
          (<Countdown until={step.waitingUntil} /> left)
        </>
      )}
    </>
  );
}
