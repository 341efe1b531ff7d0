/**
 * What a reader has chosen for this browser. Kept in cookies, so that the server renders the first
 * page right and no script has to run before it.
 */

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = 'phial-theme';
export const keysCookie = 'phial-keys';

const oneYearSeconds = 31_536_000;

/** How a server sets one, like {@link savePreference} does. */
export const preferenceCookie = { path: '/', maxAge: oneYearSeconds, sameSite: 'lax' } as const;

export function parseTheme(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? 'system';
}

/** Browser only. */
export function savePreference(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every supported browser
  document.cookie = `${name}=${value}; path=/; max-age=${oneYearSeconds}; SameSite=Lax`;
}
