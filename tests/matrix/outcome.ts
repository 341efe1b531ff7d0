/** What came of asking, whichever the way. */
import type { FormState } from '@/components/ui/use-form-action';

/** What came of asking: done, or why not. */
export type Outcome = {
  reason: 'DONE' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'OTHER';
  said: string;
};

export const OUTCOMES: Record<string, Outcome['reason']> = {
  UNAUTHORIZED: 'UNAUTHENTICATED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  ROLE_TOO_LOW: 'FORBIDDEN',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
};

export async function outcomeOf(response: Response): Promise<Outcome> {
  if (response.status >= 500) throw new Error(`${response.status} ${await response.text()}`);
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    const reader = response.body?.getReader();
    await reader?.cancel();
    return { reason: 'DONE', said: '' };
  }
  const said = await response.text();
  return { reason: OUTCOMES[response.status] ?? (response.ok ? 'DONE' : 'OTHER'), said };
}

export type Action = (...given: unknown[]) => Promise<FormState | undefined>;

export async function outcomeOfAction(action: Action, form: FormData): Promise<Outcome> {
  try {
    const given = action.length === 1 ? [form] : [null, form];
    const state = await action(...given);
    // What was typed comes back with it, and is left out here.
    const typed = new Set([...form.values()].map(String));
    const values = Object.values(state?.values ?? {}).filter((value) => !typed.has(value));
    const said = JSON.stringify({ ...state, values });
    if (!state?.reason) return { reason: 'DONE', said };
    if (state.reason === 'UNEXPECTED') throw new Error(said);
    return { reason: OUTCOMES[state.reason] ?? 'OTHER', said };
  } catch (error) {
    // Next's redirects travel as errors: NEXT_REDIRECT;push;/sign-in;307;
    const to = /^NEXT_REDIRECT;\w+;([^;]*)/.exec((error as { digest?: string }).digest ?? '')?.[1];
    if (to === undefined) throw error;
    return { reason: to === '/sign-in' ? 'UNAUTHENTICATED' : 'DONE', said: to };
  }
}
