import { z } from 'zod';
import { notFound } from '@/server/errors';

export const isUuid = (id: string): boolean => z.uuid().safeParse(id).success;

/** A malformed id names no paper. Throws NOT_FOUND. */
export function requirePaperId(id: string): void {
  if (!isUuid(id)) throw notFound('paper');
}
