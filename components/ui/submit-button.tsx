'use client';

import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from './button';

/**
 * Submits the form it stands in. While the form's action runs it says so and lets no second
 * submission through, but stays focusable, so that the keyboard does not lose its place.
 */
export function SubmitButton({
  pendingLabel,
  children,
  look = 'primary',
  onClick,
  ...rest
}: ComponentProps<typeof Button> & { pendingLabel?: ReactNode }) {
  const { pending } = useFormStatus();
  return (
    <Button
      {...rest}
      type="submit"
      look={look}
      aria-disabled={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {pending && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {pending ? (pendingLabel ?? children) : children}
    </Button>
  );
}
