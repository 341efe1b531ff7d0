import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import path from 'node:path';
import { type LentFile, type Staged, type Storage, type StoredFile, sha256Hex } from './contract';
import { filePath, hashPath, STAGING, stagingPath } from './keys';
import { Intake, type Parts, storageFault } from './staging';

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Blobs in a local folder. Written aside and renamed, so that no key ever holds half a file. */
export class FolderStorage implements Storage {
  constructor(private readonly root: string) {}

  private at(parts: string[]): string {
    return path.join(this.root, ...parts);
  }

  async put(workspaceId: string, bytes: Uint8Array): Promise<string> {
    const sha256 = sha256Hex(bytes);
    const file = this.at(hashPath(workspaceId, sha256));
    const known = await stat(file).catch(() => null);
    if (known?.size === bytes.length) return sha256;
    const { keepAt } = await this.setAside(workspaceId, [bytes], bytes.length);
    await keepAt(file);
    return sha256;
  }

  async get(workspaceId: string, sha256: string): Promise<Buffer | null> {
    try {
      return await readFile(this.at(hashPath(workspaceId, sha256)));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async stage(
    workspaceId: string,
    bytes: AsyncIterable<Uint8Array>,
    { maxBytes }: { maxBytes: number },
  ): Promise<Staged> {
    const { keepAt, ...staged } = await this.setAside(workspaceId, bytes, maxBytes);
    return { ...staged, keep: (key) => keepAt(this.at(filePath(workspaceId, key))) };
  }

  private async setAside(workspaceId: string, bytes: Parts, maxBytes: number) {
    const aside = this.at(stagingPath(workspaceId, randomUUID()));
    const intake = new Intake(maxBytes);
    let handle: FileHandle | null = null;
    const discard = async () => {
      await handle?.close().catch(() => {});
      await rm(aside, { force: true });
    };
    try {
      await mkdir(path.dirname(aside), { recursive: true });
      const opened = await open(aside, 'wx');
      handle = opened;
      await writeAll(opened, intake.pass(bytes));
      return {
        ...intake.finish(),
        keepAt: async (file: string) => {
          try {
            await this.moveTo(file, aside);
            // What is answered as stored outlives a power cut: its bytes, and that it lies there.
            await Promise.all([opened.sync(), syncFolder(path.dirname(file))]);
          } catch (error) {
            await rm(file, { force: true }).catch(() => {});
            throw storageFault(error);
          } finally {
            await opened.close();
          }
        },
        discard,
      };
    } catch (error) {
      await discard().catch(() => {});
      throw storageFault(error);
    }
  }

  private async moveTo(file: string, aside: string): Promise<void> {
    try {
      await rename(aside, file);
    } catch (error) {
      if (!isMissing(error)) throw error;
      const folder = path.dirname(file);
      await mkdir(folder, { recursive: true });
      await rename(aside, file);
      for (let of = folder; of !== this.root; of = path.dirname(of)) {
        await syncFolder(path.dirname(of));
      }
    }
  }

  async open(
    workspaceId: string,
    key: string,
    part?: { start: number; end: number },
  ): Promise<StoredFile | null> {
    const file = this.at(filePath(workspaceId, key));
    try {
      const { size } = await stat(file);
      return { bytes: size, stream: createReadStream(file, part) };
    } catch (error) {
      if (isMissing(error)) return null;
      throw storageFault(error);
    }
  }

  async lend(workspaceId: string, key: string): Promise<LentFile | null> {
    const file = this.at(filePath(workspaceId, key));
    try {
      await stat(file);
    } catch (error) {
      if (isMissing(error)) return null;
      throw storageFault(error);
    }
    return { path: file, giveBack: async () => {} };
  }

  async remove(workspaceId: string, key: string): Promise<void> {
    await rm(this.at(filePath(workspaceId, key)), { force: true });
  }

  async sweep(before: Date): Promise<number> {
    const folder = this.at([STAGING]);
    const names = await readdir(folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    let removed = 0;
    for (const name of names) {
      const file = path.join(folder, name);
      const known = await stat(file).catch(() => null);
      if (!known || known.mtime >= before) continue;
      await rm(file, { force: true });
      removed += 1;
    }
    return removed;
  }
}

/**
 * So many bytes are on their way to the disk before the next are asked there: little is left to wait for
 * once the last has come.
 */
const FLUSH_BYTES = 1024 * 1024;

async function writeAll(handle: FileHandle, parts: AsyncIterable<Uint8Array>): Promise<void> {
  let unflushed = 0;
  let flushing: Promise<void> | null = null;
  // A disk reports a failed flush once: it is kept, for the sync at the end may not say it again.
  let failure: unknown;
  for await (const part of parts) {
    for (let written = 0; written < part.length; ) {
      written += (await handle.write(part, written)).bytesWritten;
    }
    if (failure !== undefined) throw failure;
    unflushed += part.length;
    if (unflushed < FLUSH_BYTES || flushing) continue;
    unflushed = 0;
    flushing = handle.datasync().then(
      () => {
        flushing = null;
      },
      (error: unknown) => {
        failure = error;
      },
    );
  }
  await flushing;
  if (failure !== undefined) throw failure;
}

/** Windows opens no folder as a file, and keeps its names by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
