'use client';

import { type ReactNode, useActionState, useEffect, useRef } from 'react';
import { TextareaField } from '@/components/ui/field';
import { Callout } from '@/components/ui/states';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/components/ui/use-form-action';
import { LIMITS } from '@/server/asking/schema';

/**
 * Asks a question. Enter sends, Shift+Enter begins a line. Works before any script has loaded; what was
 * typed survives an error.
 */
export function QuestionForm({
  action,
  conversationId,
  isBusy = false,
  children,
}: {
  action: FormAction;
  conversationId?: string;
  /** The question before is being answered. */
  isBusy?: boolean;
  /** Further fields. */
  children?: ReactNode;
}) {
  const [state, submit] = useActionState(action, null);
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state?.message) alert.current?.focus();
  }, [state]);
  return (
    <form action={submit} className="space-y-4">
      {state?.message && (
        <div ref={alert} role="alert" tabIndex={-1} className="outline-none">
          <Callout tone="bad" title={state.message}>
            Nothing was asked. What you typed is still here.
          </Callout>
        </div>
      )}
      {conversationId && <input type="hidden" name="conversationId" value={conversationId} />}
      <TextareaField
        key={state?.values.text}
        label={conversationId ? 'Next question' : 'Question'}
        hint="One question at a time. Words that the papers use find most."
        name="text"
        rows={3}
        required
        maxLength={LIMITS.questionCharacters * 2}
        defaultValue={state?.message ? state.values.text : ''}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (!isBusy) event.currentTarget.form?.requestSubmit();
        }}
      />
      {children}
      <SubmitButton pendingLabel="Asking" disabled={isBusy}>
        Ask
      </SubmitButton>
      {isBusy && <p className="text-sm text-ink-2">The question before is still being answered.</p>}
    </form>
  );
}
