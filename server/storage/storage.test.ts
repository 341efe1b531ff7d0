import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage, type Storage, sha256Hex, TooLarge } from './index';

/** A disk that is really full needs one of its own, which only root on Linux can lay out. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

const folder = mkdtempSync(path.join(tmpdir(), 'phial-storage-'));
const bucket = 'phial';
const s3 = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: path.join(folder, 's3'),
  configureBuckets: [{ name: bucket }],
});
let s3Url: (host?: string) => string;
beforeAll(async () => {
  const { port } = await s3.run();
  s3Url = (host = `127.0.0.1:${port}`) =>
    `s3://S3RVER:S3RVER@${bucket}/some/prefix?region=us-east-1&endpoint=http://${host}`;
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true, force: true });
});

async function* parts(bytes: Buffer, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const keyOf = (sha256: string) => `papers/${sha256}`;
const wide = { maxBytes: 100_000_000 };
const later = () => new Date(Date.now() + 60_000);

/** What both storages do alike. */
describe.each(['file', 's3'])('%s storage', (kind) => {
  let storage: Storage;
  const workspace = randomUUID();
  beforeAll(() => {
    storage = openStorage(kind === 'file' ? `file:${path.join(folder, 'files')}` : s3Url());
  });
  const read = async (key: string, part?: { start: number; end: number }) => {
    const file = await storage.open(workspace, key, part);
    return file && { total: file.bytes, bytes: Buffer.concat(await file.stream.toArray()) };
  };

  it('gives back what was put under its hash, to its workspace alone', async () => {
    const bytes = randomBytes(1_000);
    const sha256 = await storage.put(workspace, bytes);
    expect(sha256).toBe(sha256Hex(bytes));
    expect(await storage.get(workspace, sha256)).toEqual(bytes);
    expect(await storage.get(randomUUID(), sha256)).toBeNull();
    expect(await storage.get(workspace, sha256Hex('other'))).toBeNull();
  });

  it('hashes a stream on its way and keeps it whole', async () => {
    // More than one part of a multipart upload.
    const bytes = randomBytes(6 * 1024 * 1024);
    const staged = await storage.stage(workspace, parts(bytes), wide);
    expect(staged).toMatchObject({ sha256: sha256Hex(bytes), bytes: bytes.length });
    expect(staged.head).toEqual(bytes.subarray(0, 2_048));
    const key = keyOf(staged.sha256);
    expect(await read(key)).toBeNull();
    await staged.keep(key);
    expect((await read(key))?.bytes.equals(bytes)).toBe(true);
    expect(await read(key, { start: 10, end: 19 })).toEqual({
      total: bytes.length,
      bytes: bytes.subarray(10, 20),
    });
    const lent = await storage.lend(workspace, key);
    expect(readFileSync(lent!.path).equals(bytes)).toBe(true);
    await lent!.giveBack();
    await storage.remove(workspace, key);
    await storage.remove(workspace, key);
    expect(await read(key)).toBeNull();
    expect(await storage.lend(workspace, key)).toBeNull();
    expect(await storage.sweep(later())).toBe(0);
  });

  it('leaves nothing of a stream that is too long, breaks off or is given up', async () => {
    const bytes = randomBytes(300_000);
    const tooLong = storage.stage(workspace, parts(bytes), { maxBytes: 200_000 });
    await expect(tooLong).rejects.toThrow(TooLarge);
    const broken = storage.stage(
      workspace,
      (async function* () {
        yield* parts(bytes);
        throw new Error('the browser went away');
      })(),
      wide,
    );
    await expect(broken).rejects.toThrow('the browser went away');
    await (await storage.stage(workspace, parts(bytes), wide)).discard();
    expect(await storage.sweep(later())).toBe(0);
  });

  it('sweeps what a dead writer left, and nothing younger', async () => {
    await storage.stage(workspace, parts(randomBytes(100)), wide);
    expect(await storage.sweep(new Date(Date.now() - 60_000))).toBe(0);
    expect(await storage.sweep(later())).toBe(1);
    expect(await storage.sweep(later())).toBe(0);
  });

  it('takes an empty stream, which its caller refuses', async () => {
    const staged = await storage.stage(workspace, parts(Buffer.alloc(0)), wide);
    expect(staged.bytes).toBe(0);
    await staged.discard();
  });

  it('knows no key that leads elsewhere', async () => {
    await expect(async () => storage.open(workspace, '../secret')).rejects.toThrow();
    await expect(async () => storage.remove('..', keyOf(sha256Hex('x')))).rejects.toThrow();
  });
});

describe('a storage that fails', () => {
  const workspace = randomUUID();
  const bytes = randomBytes(200_000);

  it('says that there is no room, and leaves nothing half', async ({ skip }) => {
    skip(!canMount, 'only root on Linux can mount a small disk');
    const root = path.join(folder, 'full');
    mkdirSync(root);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', root]);
    try {
      const storage = openStorage(`file:${root}`);
      const staging = storage.stage(workspace, parts(randomBytes(1_000_000), 20_000), wide);
      await expect(staging).rejects.toMatchObject({ reason: 'STORAGE_FULL' });
      expect(readdirSync(path.join(root, 'staging'))).toEqual([]);
      await expect(storage.put(workspace, randomBytes(1_000_000))).rejects.toMatchObject({
        reason: 'STORAGE_FULL',
      });
      expect(readdirSync(path.join(root, 'staging'))).toEqual([]);
      const small = await storage.stage(workspace, parts(bytes.subarray(0, 100_000)), wide);
      await small.discard();
    } finally {
      execFileSync('umount', [root]);
    }
  });

  it('puts anew what a power cut has left empty', async () => {
    const root = path.join(folder, 'cut');
    const storage = openStorage(`file:${root}`);
    const sha256 = await storage.put(workspace, bytes);
    const [file] = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith(sha256),
    );
    writeFileSync(path.join(root, file!), '');
    await storage.put(workspace, bytes);
    expect(await storage.get(workspace, sha256)).toEqual(bytes);
    expect(readdirSync(path.join(root, 'staging'))).toEqual([]);
  });

  it('says that the folder is away', async () => {
    const root = path.join(folder, 'a-file');
    writeFileSync(root, '');
    const staging = openStorage(`file:${root}`).stage(workspace, parts(bytes), wide);
    await expect(staging).rejects.toMatchObject({ reason: 'STORAGE_AWAY' });
  });

  it('says that the bucket is away', async () => {
    const staging = openStorage(s3Url('127.0.0.1:9')).stage(workspace, parts(bytes), wide);
    await expect(staging).rejects.toMatchObject({ reason: 'STORAGE_AWAY' });
    expect(existsSync(path.join(folder, 's3'))).toBe(true);
  });
});
