/** What the API answers about papers. */
import { z } from 'zod';
import { named } from '@/server/api/route';
import type { PaperList, PaperSummary } from './queries';
import { authorSchema } from './reading';
import { type AddedIdentifier, PROCESSING_STATUSES } from './schema';

const processingStatus = z.enum(PROCESSING_STATUSES);

const summary = {
  id: z.uuid(),
  source: z.enum(['upload', 'doi', 'arxiv']),
  processingStatus,
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  fileHash: z.string().nullable(),
  fileName: z.string().nullable(),
  fileBytes: z.number().nullable(),
  pageCount: z.number().nullable(),
  chunkCount: z.number(),
  title: z.string(),
  authors: z.array(authorSchema),
  year: z.number().nullable(),
  venue: z.string().nullable(),
  doi: z.string().nullable(),
  arxivId: z.string().nullable(),
  tags: z.array(z.string()),
  addedBy: z.string().nullable(),
  createdAt: z.date(),
  deletedAt: z.date().nullable(),
  seq: z.number(),
  pagesRead: z.number(),
};

const paperSummary = named('PaperSummary', z.object(summary)) satisfies z.ZodType<PaperSummary>;
const counted = <T extends z.ZodType>(value: T) => z.array(z.object({ value, n: z.number() }));

export const paperListAnswer = named(
  'PaperList',
  z.object({
    papers: z.array(paperSummary),
    total: z.number(),
    facets: z.object({
      status: counted(processingStatus),
      tags: counted(z.string()),
      years: counted(z.number()),
    }),
    inLibrary: z.number(),
    inBin: z.number(),
    unfinished: z.number(),
  }),
) satisfies z.ZodType<PaperList>;

const record = z.record(z.string(), z.unknown());

export const paperAnswer = named(
  'Paper',
  z.object({
    ...summary,
    abstract: z.string().nullable(),
    articleDoi: z.string().nullable(),
    fieldOrigins: record,
    sections: z.array(record),
    references: z.array(record),
    parseReport: record.nullable(),
    correction: z
      .object({ outcome: z.string().nullable(), reason: z.string().nullable() })
      .nullable(),
    duplicates: z.array(record),
  }),
);

export const paperIdsAnswer = named('PaperIds', z.array(z.uuid()));

export const batchAnswer = named('Batch', z.object({ batchId: z.uuid(), slots: z.number() }));

const duplicate = z.object({
  kind: z.enum(['same-file', 'same-doi', 'same-arxiv', 'preprint-of', 'article-of']),
  paperId: z.uuid(),
  title: z.string(),
  inBin: z.boolean(),
});
const added = z.object({
  paperId: z.uuid(),
  title: z.string(),
  processingStatus: processingStatus.nullable(),
  isNew: z.boolean(),
  duplicate: duplicate.nullable(),
});

export const addedIdentifiersAnswer = named(
  'AddedIdentifiers',
  z.array(
    z.union([
      z.object({ text: z.string(), added, problem: z.null() }),
      z.object({ text: z.string(), added: z.null(), problem: z.string() }),
    ]),
  ),
) satisfies z.ZodType<AddedIdentifier[]>;
