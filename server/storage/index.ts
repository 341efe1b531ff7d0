/** Blobs (response bodies, bundles, report files) behind one interface. */

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Storage {
  /** Stores bytes under their SHA-256 in the workspace's own space; safe to repeat. */
  put(workspaceId: string, bytes: Uint8Array): Promise<string>;
  /** The bytes, or null when there are none under this hash in this workspace. */
  get(workspaceId: string, sha256: string): Promise<Buffer | null>;
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Opens `file:…`. Throws for schemes this build does not know. */
export function openStorage(url: string): Storage {
  if (url.startsWith('file:')) {
    return new FolderStorage(url.startsWith('file://') ? fileURLToPath(url) : url.slice(5));
  }
  throw new Error(`STORAGE_URL ${url.split(':')[0]}: is not supported yet; use file:/a/folder`);
}

class FolderStorage implements Storage {
  constructor(private readonly root: string) {}

  private file(workspaceId: string, sha256: string): string {
    if (!/^[0-9a-f-]{36}$/.test(workspaceId) || !/^[0-9a-f]{64}$/.test(sha256)) {
      throw new Error('Storage keys are a workspace id and a SHA-256');
    }
    return path.join(this.root, workspaceId, sha256.slice(0, 2), sha256);
  }

  async put(workspaceId: string, bytes: Uint8Array): Promise<string> {
    const sha256 = sha256Hex(bytes);
    const file = this.file(workspaceId, sha256);
    await mkdir(path.dirname(file), { recursive: true });
    // Written aside and renamed, so that a killed writer never leaves half a file under a hash.
    const aside = `${file}.${randomUUID()}`;
    await writeFile(aside, bytes);
    await rename(aside, file);
    return sha256;
  }

  async get(workspaceId: string, sha256: string): Promise<Buffer | null> {
    try {
      return await readFile(this.file(workspaceId, sha256));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }
}
