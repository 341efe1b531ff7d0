/** Secrets among the settings: from files where they are mounted, and never weak in production. */
import { readFileSync } from 'node:fs';

type Given = Record<string, string | undefined>;

/** Fills in each setting `X` that is not set from the file that `X_FILE` names. */
export function withFiles(given: Given, names: readonly string[]): Given {
  const all = { ...given };
  for (const name of names) {
    const file = given[`${name}_FILE`];
    if (file && !given[name]) all[name] = readFileSync(file, 'utf8').trim();
  }
  return all;
}

const EXAMPLES = /change.?me|example|placeholder|your.?secret|^secret|password|^test/i;
const WEAK_PASSWORDS = new Set(['postgres', 'phial', 'admin', 'root', 'redis', '1234', '12345678']);
/** A random secret has many more. */
const DISTINCT_CHARACTERS = 8;

/** What is wrong with the secrets, in words that do not repeat them; nothing outside production. */
export function weakSecrets(given: Given): string[] {
  if ((given.NODE_ENV || 'production') !== 'production') return [];
  const problems: string[] = [];
  const secret = given.NEXTAUTH_SECRET;
  if (secret && (EXAMPLES.test(secret) || new Set(secret).size < DISTINCT_CHARACTERS)) {
    problems.push(
      'NEXTAUTH_SECRET: is an example or guessable; make one with openssl rand -base64 48',
    );
  }
  for (const name of ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'REDIS_URL']) {
    const password = passwordIn(given[name]);
    if (password && (EXAMPLES.test(password) || WEAK_PASSWORDS.has(password))) {
      problems.push(`${name}: its password is an example; set one of your own`);
    }
  }
  return problems;
}

function passwordIn(url: string | undefined): string | null {
  if (!url || !URL.canParse(url)) return null;
  return decodeURIComponent(new URL(url).password) || null;
}
