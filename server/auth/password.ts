import { hash, verify } from '@node-rs/argon2';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { invalid } from '@/server/errors';
import { PASSWORD_LENGTH } from './schema';

/**
 * argon2id as the OWASP Password Storage Cheat Sheet asks: 19 MiB, two passes, one lane
 * (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, read 2026-11-25).
 * argon2id is the package's own default.
 */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2ID);

/** Of no password at all: who has none is refused no sooner than who mistyped theirs. */
let nobodys: Promise<string> | undefined;

export async function verifyPassword(known: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword('nobody has this one');
  const matches = await verify(known ?? (await nobodys), password);
  return known !== null && matches;
}

/** Knows the passwords that breaches have made common, and those made from them. */
let estimator: ZxcvbnFactory | undefined;

/** Of zxcvbn's 0 to 4: below, a hundred million guesses are enough. */
const STRONG_ENOUGH = 3;

/** Throws INVALID for a password that is short, common or made of what is known of the person. */
export function checkPassword(password: string, knownOfPerson: readonly (string | null)[]): void {
  if (password.length < PASSWORD_LENGTH.min || password.length > PASSWORD_LENGTH.max) {
    throw invalid(
      'PASSWORD_LENGTH',
      `A password has ${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} characters. A few words in a row are easy to keep in mind.`,
    );
  }
  // What is beyond the first hundred characters only adds.
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const { score } = estimator.check(password.slice(0, 100), [
    'phial',
    ...knownOfPerson.flatMap(wordsOf),
  ]);
  if (score < STRONG_ENOUGH) {
    throw invalid(
      'PASSWORD_COMMON',
      'This password is among those that are tried first: it is common, or made of common words, keys in a row or your own name. Choose another.',
    );
  }
}

/** Each word of a name or address, and all of them in a row. */
function wordsOf(known: string | null): string[] {
  const words = known?.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...words, words.join('')];
}
