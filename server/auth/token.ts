import { randomBytes } from 'node:crypto';
import { sha256Hex } from '@/server/storage';

/** A secret to hand out, and what is kept of it. */
export function newToken(): { token: string; sha256: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, sha256: sha256Hex(token) };
}
