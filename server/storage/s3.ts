import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { type LentFile, type Staged, type Storage, type StoredFile, sha256Hex } from './contract';
import { filePath, hashPath, STAGING, stagingPath } from './keys';
import { Intake, storageFault } from './staging';

/** Parts of a multipart upload: the smallest that S3 takes. */
const PART_BYTES = 5 * 1024 * 1024;

/**
 * Blobs in an S3-compatible bucket, `s3://bucket/prefix?region=…&endpoint=…`. Keys come from the
 * address (`s3://id:secret@bucket`) or from where the AWS SDK looks by itself.
 */
export class S3Storage implements Storage {
  private readonly bucket: string;
  private readonly prefix: string;
  private opened: Promise<Sdk> | undefined;

  constructor(private readonly url: URL) {
    this.bucket = url.hostname;
    this.prefix = url.pathname.replace(/^\/+|\/+$/g, '');
    if (!this.bucket) throw new Error('STORAGE_URL s3: needs a bucket, s3://bucket/prefix');
  }

  private at(parts: string[]): string {
    return [this.prefix, ...parts].filter(Boolean).join('/');
  }

  /** The SDK is loaded by who uses it: it is large, and most installations use a folder. */
  private sdk(): Promise<Sdk> {
    this.opened ??= openSdk(this.url);
    return this.opened;
  }

  private async call<T>(work: (sdk: Sdk) => Promise<T>): Promise<T> {
    try {
      return await work(await this.sdk());
    } catch (error) {
      throw storageFault(error);
    }
  }

  async put(workspaceId: string, bytes: Uint8Array): Promise<string> {
    const sha256 = sha256Hex(bytes);
    const Key = this.at(hashPath(workspaceId, sha256));
    await this.call(({ client, PutObjectCommand }) =>
      client.send(new PutObjectCommand({ Bucket: this.bucket, Key, Body: bytes })),
    );
    return sha256;
  }

  async get(workspaceId: string, sha256: string): Promise<Buffer | null> {
    const found = await this.read(this.at(hashPath(workspaceId, sha256)));
    if (!found) return null;
    return Buffer.concat(await found.stream.toArray());
  }

  private async read(Key: string, Range?: string): Promise<StoredFile | null> {
    return this.call(async ({ client, GetObjectCommand }) => {
      try {
        const found = await client.send(new GetObjectCommand({ Bucket: this.bucket, Key, Range }));
        const whole = found.ContentRange?.split('/')[1];
        return { bytes: Number(whole ?? found.ContentLength), stream: found.Body as Readable };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    });
  }

  async stage(
    workspaceId: string,
    bytes: AsyncIterable<Uint8Array>,
    { maxBytes }: { maxBytes: number },
  ): Promise<Staged> {
    const aside = this.at(stagingPath(workspaceId, randomUUID()));
    const intake = new Intake(maxBytes);
    const discard = () => this.delete(aside);
    await this.call(async ({ client, Upload }) => {
      const Body = Readable.from(intake.pass(bytes), { objectMode: false });
      const params = { Bucket: this.bucket, Key: aside, Body };
      const upload = new Upload({ client, params, partSize: PART_BYTES, queueSize: 2 });
      try {
        await upload.done();
      } catch (error) {
        await upload.abort().catch(() => {});
        await discard().catch(() => {});
        throw Body.errored ?? error;
      }
    });
    return {
      ...intake.finish(),
      keep: async (key) => {
        const Key = this.at(filePath(workspaceId, key));
        const CopySource = `${this.bucket}/${encodeURI(aside)}`;
        await this.call(({ client, CopyObjectCommand }) =>
          client.send(new CopyObjectCommand({ Bucket: this.bucket, Key, CopySource })),
        );
        // The file is kept; what is left of it here, the sweep removes.
        await discard().catch(() => {});
      },
      discard,
    };
  }

  open(
    workspaceId: string,
    key: string,
    part?: { start: number; end: number },
  ): Promise<StoredFile | null> {
    const range = part && `bytes=${part.start}-${part.end}`;
    return this.read(this.at(filePath(workspaceId, key)), range);
  }

  async lend(workspaceId: string, key: string): Promise<LentFile | null> {
    const found = await this.open(workspaceId, key);
    if (!found) return null;
    const folder = await mkdtemp(path.join(tmpdir(), 'phial-lent-'));
    const giveBack = () => rm(folder, { recursive: true, force: true });
    try {
      const file = path.join(folder, 'file');
      await pipeline(found.stream, createWriteStream(file));
      return { path: file, giveBack };
    } catch (error) {
      await giveBack();
      throw storageFault(error);
    }
  }

  remove(workspaceId: string, key: string): Promise<void> {
    return this.delete(this.at(filePath(workspaceId, key)));
  }

  private async delete(Key: string): Promise<void> {
    await this.call(({ client, DeleteObjectCommand }) =>
      client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key })),
    );
  }

  async sweep(before: Date): Promise<number> {
    return this.call(async ({ client, ListObjectsV2Command }) => {
      let removed = 0;
      let next: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket: this.bucket,
            Prefix: `${this.at([STAGING])}/`,
            ContinuationToken: next,
          }),
        );
        for (const { Key, LastModified } of page.Contents ?? []) {
          if (!Key || !LastModified || LastModified >= before) continue;
          await this.delete(Key);
          removed += 1;
        }
        next = page.NextContinuationToken;
      } while (next);
      return removed;
    });
  }
}

const isMissing = (error: unknown) =>
  ['NoSuchKey', 'NotFound'].includes(String((error as { name?: unknown }).name));

type Sdk = Awaited<ReturnType<typeof loadSdk>> & { client: S3Client };

async function loadSdk() {
  const [s3, { Upload }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/lib-storage'),
  ]);
  return { ...s3, Upload };
}

async function openSdk(url: URL): Promise<Sdk> {
  const sdk = await loadSdk();
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  const client = new sdk.S3Client({
    region: url.searchParams.get('region') ?? 'us-east-1',
    endpoint,
    // Servers other than Amazon's seldom have a name for every bucket, nor know the newer checksums.
    forcePathStyle: endpoint !== undefined,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(url.username && {
      credentials: {
        accessKeyId: decodeURIComponent(url.username),
        secretAccessKey: decodeURIComponent(url.password),
      },
    }),
  });
  return { ...sdk, client };
}
