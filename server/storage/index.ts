/** Blobs (response bodies, bundles, report files, papers) behind one interface. */
import { fileURLToPath } from 'node:url';
import type { Storage } from './contract';
import { FolderStorage } from './folder';
import { S3Storage } from './s3';

export { type LentFile, type Staged, type Storage, type StoredFile, sha256Hex } from './contract';
export { TooLarge } from './staging';

/** Opens `file:/a/folder` or `s3://bucket/prefix?region=…&endpoint=…`. Throws for other schemes. */
export function openStorage(url: string): Storage {
  if (url.startsWith('file:')) {
    return new FolderStorage(url.startsWith('file://') ? fileURLToPath(url) : url.slice(5));
  }
  if (url.startsWith('s3:')) return new S3Storage(new URL(url));
  throw new Error(
    `STORAGE_URL ${url.split(':')[0]}: is not known; use file:/a/folder or s3://bucket`,
  );
}
