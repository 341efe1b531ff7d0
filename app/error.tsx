'use client';

import { Button, ButtonLink } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/states';

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = digestOf(error);
  return (
    <div className="pt-8">
      <ErrorState
        title={<h1>This page could not be shown</h1>}
        whatToDo={
          digest
            ? 'Try again. If it stays like this, hand the number below to whoever runs this installation: it finds the cause in the log.'
            : 'Try again. If it stays like this, reload the page.'
        }
        requestId={digest}
        actions={
          <>
            <Button look="primary" onClick={retry}>
              Try again
            </Button>
            <ButtonLink href="/">To the dashboard</ButtonLink>
          </>
        }
      />
    </div>
  );
}

/** The number under which the server logged the error; errors of the browser have none. */
function digestOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('digest' in error)) return undefined;
  return typeof error.digest === 'string' ? error.digest : undefined;
}
