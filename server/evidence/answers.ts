/** What the API answers about evidence. */
import { z } from 'zod';
import { named } from '@/server/api/route';
import { EVIDENCE_KINDS, SOURCE_IDS } from './schema';

/** Facts differ by kind; each is a citation: a value or words, and where they stand in a stored copy. */
const facts = z.record(z.string(), z.unknown());

const evidence = named(
  'Evidence',
  z.object({
    id: z.string(),
    kind: z.enum(EVIDENCE_KINDS),
    source: z.enum(SOURCE_IDS),
    externalId: z.string(),
    title: z.string(),
    url: z.string(),
    publishedOn: z.string().nullable(),
    licence: z.string(),
    facts,
    snapshotSha256: z.string(),
    connectorVersion: z.string(),
    retrievedAt: z.string().nullable(),
  }),
);

export const evidencePageAnswer = named(
  'EvidencePage',
  z.object({ evidence: z.array(evidence), nextCursor: z.string().nullable() }),
);

export const evidenceAnswer = named(
  'EvidenceInFull',
  z.object({
    evidence,
    facts: z.array(
      z.object({
        name: z.string(),
        place: z.record(z.string(), z.unknown()),
        surroundings: z.object({
          state: z.enum(['found', 'missing']),
          reason: z.string().nullable(),
          before: z.string(),
          quote: z.string(),
          after: z.string(),
          form: z.enum(['text', 'record']),
        }),
      }),
    ),
    reading: z.record(z.string(), z.unknown()).nullable(),
    indications: z.record(z.string(), z.string()),
  }),
);
