'use client';

import { type RefObject, useEffect, useRef } from 'react';

/**
 * For an element around forms that vanish by what they do: when the focus would be lost with the
 * button, the element takes it. Spread the result on it.
 */
export function useKeptFocus<T extends HTMLElement>(): {
  ref: RefObject<T | null>;
  tabIndex: -1;
  onSubmit: () => void;
} {
  const ref = useRef<T>(null);
  const submitted = useRef(false);
  useEffect(() => {
    if (!submitted.current || document.activeElement !== document.body) return;
    submitted.current = false;
    ref.current?.focus({ preventScroll: true });
  });
  return {
    ref,
    tabIndex: -1,
    onSubmit: () => {
      submitted.current = true;
    },
  };
}
