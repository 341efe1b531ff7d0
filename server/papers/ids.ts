import { z } from 'zod';
import { notFound } from '@/server/errors';

/** A malformed id names no paper. Throws NOT_FOUND. */
export function requirePaperId(id: string): void {
  if (!z.uuid().safeParse(id).success) throw notFound('paper');
}
