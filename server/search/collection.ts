/** Plain documents as papers of a workspace: what labelled collections and benchmarks are loaded with. */
import { createHash, randomUUID } from 'node:crypto';
import { chunks, jobs, paperPages, papers } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import { sentences } from '@/server/evidence/understand/sentences';
import { addToIndex } from './index-chunks';

export interface PlainDocument {
  id: string;
  title: string;
  text: string;
  /** Where its sentences are known; else they are found. */
  sentences?: { start: number; end: number }[];
}

/** Words after which a long document goes on in the next chunk, at the end of a sentence. */
const CHUNK_WORDS = 400;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Adds each document as a paper of one page, through the tables and the index that uploads use, and
 * returns the papers' ids. One transaction: all of it or nothing.
 */
export async function addDocuments({
  ctx,
  documents,
}: {
  ctx: Ctx;
  documents: readonly PlainDocument[];
}): Promise<string[]> {
  if (documents.length === 0) return [];
  const { workspaceId } = ctx.actor;
  const drafts = documents.map((document) => draft(document));
  return inWorkspace(ctx, async (tx) => {
    const at = ctx.now();
    await tx.insert(jobs).values(
      drafts.map(({ paperId, document }) => ({
        id: paperId,
        workspaceId,
        kind: 'paper' as const,
        status: 'completed' as const,
        input: document.id,
        options: {},
        submissionKey: sha256(paperId),
        startedAt: at,
        finishedAt: at,
      })),
    );
    await tx.insert(papers).values(
      drafts.map(({ paperId, document, parts }) => ({
        id: paperId,
        workspaceId,
        source: 'upload' as const,
        processingStatus: 'ready' as const,
        fileName: document.id,
        fileHash: sha256(paperId),
        title: document.title,
        pageCount: 1,
        chunkCount: parts.length,
      })),
    );
    await tx.insert(paperPages).values(
      drafts.map(({ paperId, document }) => ({
        paperId,
        workspaceId,
        number: 1,
        width: 595,
        height: 842,
        text: document.text,
        textSha256: sha256(document.text),
        words: [],
        blocks: [],
        hidden: [],
      })),
    );
    const all = drafts.flatMap(({ paperId, document, parts }) =>
      parts.map((part, position) => ({ paperId, document, part, position })),
    );
    const rows = await tx
      .insert(chunks)
      .values(
        all.map(({ paperId, document, part, position }) => {
          const place = {
            page: 1,
            start: part[0]?.start ?? 0,
            end: part.at(-1)?.end ?? 0,
          };
          const text = document.text.slice(place.start, place.end);
          return {
            workspaceId,
            paperId,
            position,
            section: 'abstract',
            places: [place],
            text,
            sentences: part.map((s) => ({ page: 1, ...s })),
            textSha256: sha256(text),
          };
        }),
      )
      .returning({ id: chunks.id });
    await addToIndex(
      tx,
      workspaceId,
      all.map(({ document, part }, i) => ({
        id: rows[i]!.id,
        title: document.title,
        heading: null,
        sentences: part.map(({ start, end }) => document.text.slice(start, end)),
      })),
    );
    return drafts.map(({ paperId }) => paperId);
  });
}

/** A document without text still has its title to be found by, in a chunk without sentences. */
function draft(document: PlainDocument) {
  const parts: { start: number; end: number }[][] = [[]];
  let words = 0;
  for (const sentence of document.sentences ?? sentences(document.text)) {
    const length = document.text.slice(sentence.start, sentence.end).split(/\s+/).length;
    if (words > 0 && words + length > CHUNK_WORDS) {
      parts.push([]);
      words = 0;
    }
    parts.at(-1)!.push(sentence);
    words += length;
  }
  return { paperId: randomUUID(), document, parts };
}
