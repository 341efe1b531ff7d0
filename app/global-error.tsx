'use client';

import './globals.css';

import { Button } from '@/components/ui/button';

/** Stands in for the whole document when not even the frame could be rendered. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body className="mx-auto max-w-measure px-4 py-16">
        <title>Phial could not answer</title>
        <h1 className="text-2xl">Phial could not answer</h1>
        <p className="my-3 text-ink-2">
          Its database or another part of it may be starting up. Work that is running is not lost:
          it goes on, or is taken up again, as soon as everything is back.
        </p>
        <Button look="primary" onClick={retry}>
          Try again
        </Button>
      </body>
    </html>
  );
}
