'use client';

import { useActionState, useEffect, useRef } from 'react';
import { useToast } from '@/components/ui/toast';
import type { FormAction } from '@/components/ui/use-form-action';

/** The form of DOIs and arXiv ids: what was taken is told, what was not stays in the box. */
export function useIdentifierForm(action: FormAction, onAdded: () => void) {
  const [state, submit] = useActionState(action, null);
  const toast = useToast();
  const added = useRef(onAdded);
  useEffect(() => {
    added.current = onAdded;
  });
  useEffect(() => {
    if (!state?.values.taken) return;
    toast({ title: state.values.taken });
    added.current();
  }, [state, toast]);
  return { state, submit };
}
