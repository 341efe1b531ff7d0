'use client';

import { useActionState, useEffect } from 'react';
import { useToast } from './toast';

/** What a form's server action answers; the same with and without scripts in the browser. */
export interface FormState {
  /** What went wrong and what to do, or null. */
  message: string | null;
  reason: string | null;
  /** What was typed, so that nothing is lost. A field sent several times has its values joined by blanks. */
  values: Record<string, string>;
}

export type FormAction = (before: FormState | null, form: FormData) => Promise<FormState>;

/**
 * A server action for a form, with a message when it is done. Call it in a component that outlives
 * the form: what an action does often takes its own button away.
 */
export function useFormAction(
  action: FormAction,
  done: string,
): [FormState | null, (form: FormData) => void] {
  const [state, submit] = useActionState(action, null);
  const toast = useToast();
  useEffect(() => {
    if (!state) return;
    toast(state.message ? { title: state.message, tone: 'bad' } : { title: done });
  }, [state, toast, done]);
  return [state, submit];
}
