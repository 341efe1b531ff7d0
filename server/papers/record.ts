/** What the steps of a paper's job write: always in a transaction that owns the step. */
import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { chunks, paperPages, papers, steps } from '@/db/schema';
import type { Ctx } from '@/server/context';
import { ANALYSIS, indexChunks, removePaper } from '@/server/search';
import { sha256Hex } from '@/server/storage';
import { lockFor } from './create';
import { accepted, type Proposal } from './fields';
import { fileKey } from './file';
import type { Author, Found, PagePlace, PaperMetadata, PaperRead } from './reading';
import type { FieldOrigins } from './schema';
import type { Sealed } from './sealing';
import { raiseLibraryVersion } from './version';

/** Rows of one statement: bounds its memory. */
const PAGES_AT_ONCE = 40;
const CHUNKS_AT_ONCE = 200;

export interface PaperFile {
  key: string | null;
  sealedPassword: Sealed[] | null;
}

/** The paper is being parsed from here on; what its parsing needs. */
export async function beginParsing(tx: Tx, paperId: string): Promise<PaperFile> {
  const [paper] = await tx
    .update(papers)
    .set({ processingStatus: 'parsing', errorCode: null, errorMessage: null })
    .where(eq(papers.id, paperId))
    .returning({ key: papers.localFilePath, sealedPassword: papers.sealedPassword });
  if (!paper) throw new Error(`Paper ${paperId} is gone`);
  return { key: paper.key, sealedPassword: paper.sealedPassword as Sealed[] | null };
}

export async function notePageCount(tx: Tx, paperId: string, pageCount: number): Promise<void> {
  await tx.update(papers).set({ pageCount }).where(eq(papers.id, paperId));
}

/** Stores what was read in place of what an earlier reading stored; the password is forgotten. */
export async function saveReading(
  tx: Tx,
  paper: { id: string; workspaceId: string },
  read: PaperRead,
  now: Date,
): Promise<void> {
  const ofPaper = { paperId: paper.id, workspaceId: paper.workspaceId };
  await removePaper(tx, paper.id);
  await tx.delete(chunks).where(eq(chunks.paperId, paper.id));
  await tx.delete(paperPages).where(eq(paperPages.paperId, paper.id));
  for (const pages of batches(read.pages, PAGES_AT_ONCE)) {
    await tx.insert(paperPages).values(
      pages.map(({ widthPt: width, heightPt: height, ...page }) => ({
        ...ofPaper,
        ...page,
        width,
        height,
      })),
    );
  }
  for (const drafts of batches(read.chunks, CHUNKS_AT_ONCE)) {
    await tx
      .insert(chunks)
      .values(drafts.map((draft) => ({ ...ofPaper, ...draft, textSha256: sha256Hex(draft.text) })));
  }
  await tx
    .update(papers)
    .set({
      pageCount: read.pages.length,
      chunkCount: 0,
      sections: read.sections,
      references: read.references,
      parseReport: read.report,
      sealedPassword: null,
    })
    .where(eq(papers.id, paper.id));
  await propose(tx, paper.id, fromReading(read.metadata, now));
}

/** Writes those values of a proposal that stand above what is there. Returns the names of the changed. */
export async function propose(tx: Tx, paperId: string, proposal: Proposal): Promise<string[]> {
  const [paper] = await tx
    .select({ origins: sql<FieldOrigins>`${papers.fieldOrigins}` })
    .from(papers)
    .where(eq(papers.id, paperId))
    .for('update');
  if (!paper) throw new Error(`Paper ${paperId} is gone`);
  const { values, origins } = accepted(paper.origins, proposal);
  if (Object.keys(values).length === 0) return [];
  await tx
    .update(papers)
    .set({ ...values, fieldOrigins: { ...paper.origins, ...origins } })
    .where(eq(papers.id, paperId));
  return Object.keys(values);
}

/** What sources can be asked by. */
export interface PaperIdentity {
  title: string;
  /** Read or given, and not merely the file's name or the number. */
  isTitleRead: boolean;
  authors: Author[];
  doi: string | null;
  arxivId: string | null;
}

export async function identityOf(tx: Tx, paperId: string): Promise<PaperIdentity> {
  const [paper] = await tx
    .select({
      title: papers.title,
      authors: sql<Author[]>`${papers.authors}`,
      doi: papers.doi,
      arxivId: papers.arxivId,
      origins: sql<FieldOrigins>`${papers.fieldOrigins}`,
    })
    .from(papers)
    .where(eq(papers.id, paperId));
  if (!paper) throw new Error(`Paper ${paperId} is gone`);
  const { origins, ...identity } = paper;
  return { ...identity, isTitleRead: origins.title !== undefined };
}

/** Writes what sources say, the weightiest last; the index follows a new title. */
export async function applyCorrections(
  tx: Tx,
  paper: { id: string; workspaceId: string },
  proposals: readonly Proposal[],
): Promise<void> {
  const changed = new Set<string>();
  for (const proposal of proposals) {
    for (const name of await propose(tx, paper.id, proposal)) changed.add(name);
  }
  if (changed.has('title')) await indexAnew(tx, paper);
  if (changed.size > 0) await raiseLibraryVersion(tx, paper.workspaceId);
}

/** Gives a paper that was added by its number the file that was fetched for it. */
export async function attachFile(
  tx: Tx,
  ctx: Ctx,
  paper: { id: string; workspaceId: string },
  bytes: Buffer,
): Promise<void> {
  const sha256 = sha256Hex(bytes);
  await lockFor(tx, paper.workspaceId, sha256);
  const [other] = await tx
    .select({ title: papers.title })
    .from(papers)
    .where(and(eq(papers.fileHash, sha256), ne(papers.id, paper.id)));
  if (other) {
    await keepRecordOnly(tx, paper, `Its file is here already, as “${other.title}”.`);
    return;
  }
  const key = fileKey(sha256);
  const whole = (async function* () {
    yield bytes;
  })();
  const staged = await ctx.storage.stage(paper.workspaceId, whole, { maxBytes: bytes.length });
  await staged.keep(key);
  await tx
    .update(papers)
    .set({ localFilePath: key, fileHash: sha256, fileBytes: bytes.length })
    .where(eq(papers.id, paper.id));
}

/** There is no file to read: the paper stays as its record. */
export async function keepRecordOnly(
  tx: Tx,
  paper: { id: string },
  message: string,
): Promise<void> {
  await tx
    .update(steps)
    .set({ status: 'skipped', reason: message })
    .where(and(eq(steps.jobId, paper.id), inArray(steps.key, ['parse', 'index'])));
  await tx
    .update(papers)
    .set({ processingStatus: 'partial', errorCode: 'RECORD_ONLY', errorMessage: message })
    .where(eq(papers.id, paper.id));
}

const originOf = (found: Found, now: Date) => ({
  from: found.from,
  at: now.toISOString(),
});

function fromReading(metadata: PaperMetadata, now: Date): Proposal {
  const fields = Object.entries(metadata).flatMap(([name, field]) =>
    field ? [[name, { value: field.value, origin: originOf(field.found, now) }]] : [],
  );
  return Object.fromEntries(fields) as Proposal;
}

export async function beginIndexing(tx: Tx, paperId: string): Promise<void> {
  await tx.update(papers).set({ processingStatus: 'indexing' }).where(eq(papers.id, paperId));
}

const NOTHING_TO_SEARCH = {
  code: 'NOTHING_TO_SEARCH',
  message: 'This paper holds no running text, so nothing in it can be found or cited.',
};

/** Puts the paper's chunks into the index and opens it to search. Returns how many there are. */
export async function indexPaper(
  tx: Tx,
  paper: { id: string; workspaceId: string },
  incomplete: { code: string; message: string } | null,
): Promise<number> {
  const chunkCount = await indexAnew(tx, paper);
  const lacks = incomplete ?? (chunkCount === 0 ? NOTHING_TO_SEARCH : null);
  await tx
    .update(papers)
    .set({
      chunkCount,
      processingStatus: lacks ? 'partial' : 'ready',
      errorCode: lacks?.code ?? null,
      errorMessage: lacks?.message ?? null,
    })
    .where(eq(papers.id, paper.id));
  await raiseLibraryVersion(tx, paper.workspaceId);
  return chunkCount;
}

/** The title is found by too: when it changes, the index follows. */
export async function indexAnew(
  tx: Tx,
  paper: { id: string; workspaceId: string },
): Promise<number> {
  const [{ title } = { title: '' }] = await tx
    .update(papers)
    .set({ analysis: ANALYSIS })
    .where(eq(papers.id, paper.id))
    .returning({ title: papers.title });
  const rows = await tx
    .select({ id: chunks.id, heading: chunks.heading, sentences: chunks.sentences })
    .from(chunks)
    .where(eq(chunks.paperId, paper.id))
    .orderBy(asc(chunks.position));
  const texts = await pageTexts(tx, paper.id);
  await removePaper(tx, paper.id);
  await indexChunks(
    tx,
    paper.workspaceId,
    rows.map(({ id, heading, sentences }) => ({
      id,
      title,
      heading,
      sentences: (sentences as PagePlace[]).map(
        ({ page, start, end }) => texts.get(page)?.slice(start, end) ?? '',
      ),
    })),
  );
  return rows.length;
}

async function pageTexts(tx: Tx, paperId: string): Promise<Map<number, string>> {
  const rows = await tx
    .select({ number: paperPages.number, text: paperPages.text })
    .from(paperPages)
    .where(eq(paperPages.paperId, paperId));
  return new Map(rows.map(({ number, text }) => [number, text]));
}

function* batches<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
