/** What people type to sign in and to keep their account. Browser-safe. */
import { z } from 'zod';

export const NAME_CHARACTERS = 100;
export const PASSWORD_LENGTH = { min: 10, max: 200 } as const;

const tidied = (text: string) => text.replace(/\s+/g, ' ').trim();

export const personName = z
  .string()
  .transform(tidied)
  .pipe(
    z
      .string()
      .min(1, 'Enter a name.')
      .max(NAME_CHARACTERS, `A name has at most ${NAME_CHARACTERS} characters.`),
  );

/** Addresses are kept and compared in lower case. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('Enter an e-mail address, like ada@example.org.').max(254));
