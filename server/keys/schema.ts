/** The words of API keys. Browser-safe. */
import { z } from 'zod';
import type { Scope } from '@/db/schema';

export type { Scope };

/** What each scope lets a key do, in its order on screen. */
export const SCOPE_WORDS: Record<Scope, string> = {
  read: 'Read jobs, evidence, reports and papers',
  jobs: 'Submit and control jobs',
  papers: 'Add and change papers',
  ask: 'Ask questions',
  feedback: 'Vote on and flag evidence',
};
export const SCOPE_IDS = Object.keys(SCOPE_WORDS) as [Scope, ...Scope[]];

/** A year: a key that is forgotten ends by itself. */
export const MAX_DAYS = 366;

export const createKeyInput = z.object({
  name: z.string().trim().min(1, 'Give the key a name.').max(80),
  scopes: z
    .array(z.enum(SCOPE_IDS))
    .min(1, 'Tick at least one scope.')
    .transform((scopes) => SCOPE_IDS.filter((id) => scopes.includes(id))),
  /** Null: until it is revoked. */
  days: z.number().int().min(1).max(MAX_DAYS).nullable().default(90),
});
export type CreateKeyInput = z.input<typeof createKeyInput>;

export interface KeySummary {
  id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  state: 'active' | 'expired' | 'revoked';
}
