/** What storages do with bytes on their way in, and what they say when they cannot. */
import { createHash } from 'node:crypto';
import { DomainError } from '@/server/errors';

/** The stream holds more bytes than allowed. */
export class TooLarge extends Error {
  override name = 'TooLarge';
}

const HEAD_BYTES = 2_048;

export type Parts = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Passes bytes on while hashing and counting them. */
export class Intake {
  private readonly hash = createHash('sha256');
  private readonly heads: Uint8Array[] = [];
  bytes = 0;

  constructor(private readonly maxBytes: number) {}

  async *pass(source: Parts): AsyncGenerator<Uint8Array> {
    for await (const part of source) {
      if (this.bytes < HEAD_BYTES) this.heads.push(part);
      this.bytes += part.length;
      if (this.bytes > this.maxBytes) throw new TooLarge(`More than ${this.maxBytes} bytes`);
      this.hash.update(part);
      yield part;
    }
  }

  /** Of everything that passed; to be asked once. */
  finish(): { sha256: string; bytes: number; head: Buffer } {
    return {
      sha256: this.hash.digest('hex'),
      bytes: this.bytes,
      head: Buffer.concat(this.heads).subarray(0, HEAD_BYTES),
    };
  }
}

const FULL = ['ENOSPC', 'EDQUOT'];
const AWAY = [
  'EACCES',
  'EPERM',
  'EROFS',
  'EIO',
  'ENOTDIR',
  'ENOENT',
  'ENODEV',
  'EMFILE',
  'ENFILE',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
];

/** A fault of storage as people are told of it; anything else as it is. */
export function storageFault(error: unknown): unknown {
  const code = String((error as { code?: unknown }).code ?? '');
  if (FULL.includes(code)) {
    return new DomainError(
      'UNAVAILABLE',
      'STORAGE_FULL',
      'There is no room left for files here. Nothing was stored; tell whoever runs this installation, then try again.',
    );
  }
  const answeredBadly = (error as { $metadata?: unknown }).$metadata !== undefined;
  if (AWAY.includes(code) || answeredBadly) {
    return new DomainError(
      'UNAVAILABLE',
      'STORAGE_AWAY',
      'The place for files cannot be reached or written to. Nothing was stored; try again in a while.',
      { cause: code || String((error as { name?: unknown }).name) },
    );
  }
  return error;
}
