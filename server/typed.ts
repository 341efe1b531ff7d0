import type { z } from 'zod';
import { invalid } from '@/server/errors';

/** What was typed, read by a schema whose messages are for people. Throws INVALID with the first. */
export function readTyped<T extends z.ZodType>(schema: T, typed: unknown): z.output<T> {
  const result = schema.safeParse(typed);
  if (result.success) return result.data;
  throw invalid('INPUT_INVALID', result.error.issues[0]?.message ?? 'This is not valid.');
}
