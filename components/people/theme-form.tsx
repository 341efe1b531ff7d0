'use client';

import { Checkbox } from '@/components/ui/field';
import type { Theme } from '@/components/ui/preferences';
import { SubmitButton } from '@/components/ui/submit-button';
import { type FormAction, useFormAction } from '@/components/ui/use-form-action';

const CHOICES: { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function ThemeForm({ action, theme }: { action: FormAction; theme: Theme }) {
  const [, submit] = useFormAction(action, 'The appearance is changed');
  return (
    <form action={submit} className="space-y-4">
      <fieldset key={theme}>
        <legend className="sr-only">Theme</legend>
        {CHOICES.map(({ value, label }) => (
          <Checkbox
            key={value}
            type="radio"
            name="theme"
            value={value}
            label={label}
            defaultChecked={value === theme}
          />
        ))}
      </fieldset>
      <SubmitButton look="plain" pendingLabel="Changing">
        Change appearance
      </SubmitButton>
    </form>
  );
}
