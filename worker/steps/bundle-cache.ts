/** Bundles that pinned jobs read from, opened once per process. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LRUCache } from 'lru-cache';
import { type BundleIndex, createBundleIndex, readBundle } from '@/server/reports';
import type { Storage } from '@/server/storage';

export interface OpenBundle {
  index: BundleIndex;
  composed: boolean;
}

/** Every step of a pinned job needs it; two at a time bound the memory. */
const opened = new LRUCache<string, Promise<OpenBundle>>({ max: 2 });

/** Throws BundleUnreadable, or an error when storage has lost the bundle. */
export function openBundle(
  storage: Storage,
  workspaceId: string,
  sha256: string,
): Promise<OpenBundle> {
  const key = `${workspaceId}:${sha256}`;
  const known = opened.get(key);
  if (known) return known;
  const opening = load(storage, workspaceId, sha256);
  opened.set(key, opening);
  opening.catch(() => opened.delete(key));
  return opening;
}

async function load(storage: Storage, workspaceId: string, sha256: string): Promise<OpenBundle> {
  const bytes = await storage.get(workspaceId, sha256);
  if (!bytes) throw new Error(`Storage has no bundle ${sha256}`);
  const folder = await mkdtemp(path.join(tmpdir(), 'phial-bundle-'));
  try {
    const file = path.join(folder, 'bundle.ndjson.gz');
    await writeFile(file, bytes);
    const { header, lines } = await readBundle(file);
    return { index: createBundleIndex(lines), composed: header.origin === 'composed' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
