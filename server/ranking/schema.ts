/** What a ranked list says of its order. Browser-safe. */
import { z } from 'zod';
import { LOOKED_AT } from './session';

/** Below this nothing is learned: few people's taste is nobody else's. */
export const NEEDS = { votes: 200, people: 3 } as const;

/** What a ranker was measured at when it was trained, on votes it was not trained on. */
export interface Measured {
  ndcg: number;
  base: number;
  mean: number;
  low: number;
  high: number;
  votes: number;
  people: number;
  /** How strongly votes follow position; see `estimateBias`. */
  eta: number;
  /** The version that was in use before; 0 is the usual order. */
  replaced: number;
}

export const impressionInput = z.object({
  jobId: z.uuid(),
  version: z.number().int().min(0),
  shown: z.array(z.string().length(64)).min(1).max(LOOKED_AT),
  pairAt: z.number().int().min(0).max(LOOKED_AT).nullable(),
});
export type Impression = z.infer<typeof impressionInput>;
