'use client';

import { Button } from '@/components/ui/button';
import { InputField } from '@/components/ui/field';

/** The password stays in this browser, and is forgotten with the page. */
export function PasswordForm({
  isWrong,
  onPassword,
}: {
  isWrong: boolean;
  onPassword: (password: string) => void;
}) {
  return (
    <form
      className="mx-auto max-w-sm space-y-3 bg-surface p-6"
      onSubmit={(event) => {
        event.preventDefault();
        onPassword(String(new FormData(event.currentTarget).get('password') ?? ''));
      }}
    >
      <p className="font-medium">This file is encrypted</p>
      <InputField
        label="Password"
        hint="It is used in this browser alone and not kept."
        name="password"
        type="password"
        autoComplete="off"
        required
        error={isWrong ? 'This is not the file’s password.' : undefined}
      />
      <Button type="submit" look="primary">
        Open
      </Button>
    </form>
  );
}
