/** What the API answers to a search. */
import { z } from 'zod';
import { named } from '@/server/api/route';
import type { Passage } from './schema';

const place = z.object({ page: z.number(), start: z.number(), end: z.number() });

export const passagesAnswer = named(
  'Passages',
  z.array(
    z.object({
      chunkId: z.number(),
      paperId: z.uuid(),
      title: z.string(),
      year: z.number().nullable(),
      section: z.string(),
      heading: z.string().nullable(),
      text: z.string(),
      places: z.array(place),
      sentences: z.array(place),
      score: z.number(),
    }),
  ),
) satisfies z.ZodType<Passage[]>;
