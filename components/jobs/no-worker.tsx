'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc';
import { Callout } from '@/components/ui/states';

const LOOK_MS = 20_000;

/** Where work waits and nobody is there to do it, that is said rather than left to be guessed. */
export function NoWorker({ waiting }: { waiting: boolean }) {
  const trpc = useTRPC();
  const { data: alive } = useQuery(
    trpc.workers.alive.queryOptions(undefined, { enabled: waiting, refetchInterval: LOOK_MS }),
  );
  return (
    <div role="status">
      {waiting && alive === false && (
        <div className="mb-6">
          <Callout tone="caution" title="No worker is running">
            None has given a sign of life for a minute. Nothing is lost: jobs go on where they were
            as soon as one starts. Tell whoever runs this installation if it stays like this.
          </Callout>
        </div>
      )}
    </div>
  );
}
