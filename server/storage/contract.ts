/** What a storage of blobs can do. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

export interface Storage {
  /** Stores bytes under their SHA-256 in the workspace's own space; safe to repeat. */
  put(workspaceId: string, bytes: Uint8Array): Promise<string>;
  /** The bytes, or null when there are none under this hash in this workspace. */
  get(workspaceId: string, sha256: string): Promise<Buffer | null>;
  /**
   * Streams bytes aside while hashing them; nothing of them can be read before they are kept. Throws
   * what the stream throws, TooLarge past `maxBytes`, and UNAVAILABLE when storage is full or away;
   * nothing stays behind then.
   */
  stage(
    workspaceId: string,
    bytes: AsyncIterable<Uint8Array>,
    limits: { maxBytes: number },
  ): Promise<Staged>;
  /** A stored file, or the part of it from `start` to `end` (both included); null when there is none. */
  open(
    workspaceId: string,
    key: string,
    part?: { start: number; end: number },
  ): Promise<StoredFile | null>;
  /** Lends the whole file as one on this machine; null when there is none. */
  lend(workspaceId: string, key: string): Promise<LentFile | null>;
  /** Removes a file; one that is not there is no error. */
  remove(workspaceId: string, key: string): Promise<void>;
  /** Removes what was staged before `before` and never kept: its writer is gone. */
  sweep(before: Date): Promise<number>;
}

export interface Staged {
  sha256: string;
  bytes: number;
  /** The first bytes, enough to tell what kind of file it is. */
  head: Buffer;
  /** Moves the bytes to a key, whole or not at all; what lies there already is replaced. */
  keep(key: string): Promise<void>;
  discard(): Promise<void>;
}

export interface StoredFile {
  /** Of the whole file. */
  bytes: number;
  stream: Readable;
}

export interface LentFile {
  path: string;
  giveBack(): Promise<void>;
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
