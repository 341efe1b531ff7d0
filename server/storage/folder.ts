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
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { type LentFile, type Staged, type Storage, type StoredFile, sha256Hex } from './index';
import { filePath, hashPath, STAGING, stagingPath } from './keys';
import { Intake, storageFault } from './staging';

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
    await mkdir(path.dirname(file), { recursive: true });
    const aside = `${file}.${randomUUID()}`;
    await writeFile(aside, bytes);
    await rename(aside, file);
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
    const aside = this.at(stagingPath(workspaceId, randomUUID()));
    const intake = new Intake(maxBytes);
    try {
      await mkdir(path.dirname(aside), { recursive: true });
      const handle = await open(aside, 'wx');
      try {
        await writeAll(handle, intake.pass(bytes));
        // What is answered as stored outlives a power cut.
        await handle.datasync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      await rm(aside, { force: true }).catch(() => {});
      throw storageFault(error);
    }
    return {
      ...intake.finish(),
      keep: async (key) => {
        const file = this.at(filePath(workspaceId, key));
        try {
          await rename(aside, file).catch(async (error: unknown) => {
            if (!isMissing(error)) throw error;
            await mkdir(path.dirname(file), { recursive: true });
            await rename(aside, file);
          });
        } catch (error) {
          throw storageFault(error);
        }
      },
      discard: () => rm(aside, { force: true }),
    };
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

async function writeAll(handle: FileHandle, parts: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const part of parts) {
    for (let written = 0; written < part.length; ) {
      written += (await handle.write(part, written)).bytesWritten;
    }
  }
}
