/** What a page of Phial may load and run. Pure. */
import { createHash } from 'node:crypto';

/**
 * Style attributes that the server's pages come with, of messages and of table rows that React sends after
 * their table; each is let through by its hash alone.
 */
const STYLE_ATTRIBUTES = ['pointer-events:none', 'display:none'].map(
  (style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
);

/**
 * Scripts and styles run by the nonce of the very answer, or because a script with it loaded them: what
 * somebody managed to write into a page does not run.
 */
export function contentSecurityPolicy(
  nonce: string,
  { signInOrigins, isDevelopment }: { signInOrigins: readonly string[]; isDevelopment: boolean },
): string {
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    'script-src': [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      // The development server compiles in the browser.
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
    ],
    'script-src-attr': ["'none'"],
    'style-src': ["'self'", isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    'style-src-attr': isDevelopment
      ? ["'unsafe-inline'"]
      : ["'unsafe-hashes'", ...STYLE_ATTRIBUTES],
    'img-src': ["'self'", 'data:', 'blob:'],
    // Fonts within a PDF are drawn from data.
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...(isDevelopment ? ['ws:'] : [])],
    'worker-src': ["'self'", 'blob:'],
    'frame-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    // A form that leads to the identity provider is sent there by a redirect.
    'form-action': ["'self'", ...signInOrigins],
    'frame-ancestors': ["'self'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}
