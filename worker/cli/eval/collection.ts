/** Labelled collections in the form of BEIR: a corpus, questions, judgements. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openDatabase } from '@/db/client';
import { withScratchWorkspace } from '@/db/scratch';
import type { Ctx } from '@/server/context';
import { addDocuments, type PlainDocument, trainEmbedding } from '@/server/search';
import { openStorage } from '@/server/storage';
import { CommandError } from '../command-error';
import { withSystem } from '../system';
import { readText } from './files';

export interface Query {
  id: string;
  text: string;
}

/** `corpus.jsonl` or `corpus.jsonl.gz` of the folder. */
export async function readCorpus(folder: string): Promise<PlainDocument[]> {
  const file = ['corpus.jsonl', 'corpus.jsonl.gz']
    .map((name) => path.join(folder, name))
    .find((name) => existsSync(name));
  if (!file) throw new CommandError(`${folder} holds no corpus.jsonl or corpus.jsonl.gz.`);
  const bytes = await readFile(file);
  let text: string;
  try {
    text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    throw new CommandError(`${file} is not a whole gzip file.`, 1, { cause });
  }
  return readLines(text, file).map(({ where, record }) => {
    const id = record._id;
    if (typeof id !== 'string' && typeof id !== 'number') {
      throw new CommandError(`${where}: a document needs an _id.`);
    }
    const [title, body] = [record.title ?? '', record.text ?? ''];
    if (typeof title !== 'string' || typeof body !== 'string') {
      throw new CommandError(`${where}: title and text are strings.`);
    }
    return { id: String(id), title, text: body };
  });
}

export async function readQueries(file: string): Promise<Query[]> {
  return readLines(await readText(file), file).map(({ where, record }) => {
    const { _id: id, text } = record;
    if ((typeof id !== 'string' && typeof id !== 'number') || typeof text !== 'string') {
      throw new CommandError(`${where}: a query needs an _id and a text.`);
    }
    return { id: String(id), text };
  });
}

export function readLines(text: string, file: string) {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const where = `${file}, line ${i + 1}`;
    try {
      return [{ where, record: JSON.parse(line) as Record<string, unknown> }];
    } catch (cause) {
      throw new CommandError(`${where}: not JSON.`, 1, { cause });
    }
  });
}

export interface LoadedCollection {
  ctx: Ctx;
  /** Paper id → the document's own. */
  documentOf: ReadonlyMap<string, string>;
  signal: AbortSignal;
}

/** Documents of one transaction. */
const BATCH = 250;

/**
 * Runs `work` on a collection that went through the real tables, index and training, in a workspace of
 * its own that is removed afterwards: of the given data folder, or of a temporary one.
 */
export async function withCollection<T>(
  documents: readonly PlainDocument[],
  dataDir: string | null,
  work: (collection: LoadedCollection) => Promise<T>,
): Promise<T> {
  const temporary = dataDir ? null : await mkdtemp(path.join(tmpdir(), 'phial-eval-'));
  try {
    return await withSystem(dataDir ?? temporary, async (system) => {
      const { DATABASE_URL, DATABASE_OWNER_URL, STORAGE_URL } = system.environment;
      const db = openDatabase(DATABASE_URL ?? '', { max: 3, applicationName: 'phial-eval' });
      try {
        return await withScratchWorkspace(DATABASE_OWNER_URL ?? '', 'Evaluation', async (id) => {
          const ctx: Ctx = {
            actor: { kind: 'task', workspaceId: id, task: 'eval' },
            db,
            storage: openStorage(STORAGE_URL ?? ''),
            requestId: 'eval',
            now: () => new Date(),
          };
          const { signal } = system;
          return await work({ ctx, documentOf: await load(ctx, documents, signal), signal });
        });
      } finally {
        await db.close();
      }
    });
  } finally {
    if (temporary) await rm(temporary, { recursive: true, force: true });
  }
}

async function load(
  ctx: Ctx,
  documents: readonly PlainDocument[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const documentOf = new Map<string, string>();
  for (let at = 0; at < documents.length; at += BATCH) {
    signal.throwIfAborted();
    const batch = documents.slice(at, at + BATCH);
    const ids = await addDocuments({ ctx, documents: batch });
    for (const [i, paperId] of ids.entries()) documentOf.set(paperId, batch[i]!.id);
  }
  await trainEmbedding({ ctx, signal });
  return documentOf;
}
