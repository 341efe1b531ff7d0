/** Writing and reading bundles: gzipped NDJSON, `phial.bundle/1` (CONTRACTS, Bundle). */
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { DomainError } from '@/server/errors';
import type { SourceId } from '@/server/evidence/schema';
import { sha256Hex } from '@/server/storage';
import {
  type AnswerLine,
  type BundleHeader,
  type BundleLine,
  bundleHeaderSchema,
  compareBundleLines,
  firstIssue,
  isAnswer,
  isCut,
  parseBundleLine,
  publicUrl,
} from './bundle-lines';

export interface Bundle {
  header: BundleHeader;
  lines: BundleLine[];
}

/** A bundle that cannot be used, with the first bad line; 0 where it is no line (not gzip …). */
export class BundleUnreadable extends DomainError {
  constructor(
    readonly file: string,
    readonly line: number,
    problem: string,
  ) {
    const where = line > 0 ? `${file}, line ${line}` : file;
    super(
      'INVALID',
      'BUNDLE_UNREADABLE',
      `${where}: ${problem}. Nothing of this bundle was used; export it again.`,
      { file, line },
    );
    this.name = 'BundleUnreadable';
  }
}

export interface BundleLimits {
  /** Unpacked bytes of the whole file. */
  totalBytes: number;
  /** Unpacked bytes of one line. */
  lineBytes: number;
}

/** A file's path, or bytes and what a person calls them. */
export type BundleSource = string | { name: string; bytes: Uint8Array };

const nameOf = (source: BundleSource) => (typeof source === 'string' ? source : source.name);

/** A packed file can unpack to a thousand times its size; beyond these it is refused. */
export const BUNDLE_LIMITS: BundleLimits = { totalBytes: 2 ** 30, lineBytes: 96 * 2 ** 20 };

export interface WriteOptions {
  /**
   * For passing on (`--share`): bodies of sources for which this is false are left out, their
   * hashes stay. Null keeps every body.
   */
  mayShare: ((source: SourceId) => boolean) | null;
}

/**
 * Writes a bundle file whole or not at all. Lines must come in the order of compareBundleLines, so
 * that the same lines give the same file; bodies may be loaded as they are asked for.
 */
export async function writeBundle(
  file: string,
  header: BundleHeader,
  lines: Iterable<BundleLine> | AsyncIterable<BundleLine>,
  options: WriteOptions = { mayShare: null },
): Promise<void> {
  const aside = `${file}.part`;
  try {
    await pipeline(
      packedText(header, lines, options),
      createGzip({ level: 9 }),
      createWriteStream(aside),
    );
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

async function* packedText(
  header: BundleHeader,
  lines: Iterable<BundleLine> | AsyncIterable<BundleLine>,
  options: WriteOptions,
): AsyncGenerator<string> {
  yield `${JSON.stringify(bundleHeaderSchema.parse(header))}\n`;
  let previous: BundleLine | null = null;
  for await (const line of lines) {
    if (previous && compareBundleLines(previous, line) > 0) {
      throw new Error('Bundle lines must be written in the order of compareBundleLines.');
    }
    const checked = parseBundleLine(line, header.origin);
    if ('reason' in checked) throw new Error(`A bundle line is not valid: ${checked.reason}.`);
    if (!isCut(line) && line.url !== publicUrl(line.url)) {
      throw new Error(`A bundle line's address is not in its public form: ${line.url}`);
    }
    previous = line;
    const withheld = isAnswer(line) && options.mayShare !== null && !options.mayShare(line.source);
    yield `${JSON.stringify(withheld ? { ...line, bodyBase64: null } : line)}\n`;
  }
}

/**
 * Reads a bundle and refuses it whole when any line is not valid or a body is not what its SHA-256
 * says. Throws BundleUnreadable naming the first bad line.
 */
export async function readBundle(
  source: BundleSource,
  limits: BundleLimits = BUNDLE_LIMITS,
): Promise<Bundle> {
  const bundle = await readBundleStructure(source, limits);
  for (const [index, line] of bundle.lines.entries()) {
    if (isAnswer(line) && bodyOf(line) === 'corrupt') {
      throw new BundleUnreadable(
        nameOf(source),
        index + 2,
        'the body is not what its SHA-256 says',
      );
    }
  }
  return bundle;
}

/** Like readBundle, but leaves it to the caller to find bodies that do not match their hash. */
export async function readBundleStructure(
  source: BundleSource,
  limits: BundleLimits = BUNDLE_LIMITS,
): Promise<Bundle> {
  const file = nameOf(source);
  let header: BundleHeader | null = null;
  const lines: BundleLine[] = [];
  let number = 0;
  for await (const bytes of unpackedLines(source, limits)) {
    number += 1;
    const value = parseJson(bytes, file, number);
    if (header === null) {
      header = parseHeader(value, file);
      continue;
    }
    const parsed = parseBundleLine(value, header.origin);
    if ('reason' in parsed) throw new BundleUnreadable(file, number, parsed.reason);
    lines.push(parsed.line);
  }
  if (header === null) throw new BundleUnreadable(file, 1, 'the file is empty');
  return { header, lines };
}

function parseHeader(value: unknown, file: string): BundleHeader {
  const result = bundleHeaderSchema.safeParse(value);
  if (result.success) return result.data;
  throw new BundleUnreadable(file, 1, `this is no phial.bundle/1 (${firstIssue(result.error)})`);
}

function parseJson(bytes: Buffer, file: string, line: number): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new BundleUnreadable(file, line, 'it is not JSON in UTF-8');
  }
}

/**
 * The bytes of an answer's body; `withheld` when the bundle leaves it out, `corrupt` when it is not
 * base64 as written by this format or not what its SHA-256 says.
 */
export function bodyOf(line: AnswerLine): Buffer | 'withheld' | 'corrupt' {
  if (line.bodyBase64 === null) return 'withheld';
  const bytes = Buffer.from(line.bodyBase64, 'base64');
  // Buffer.from skips what is not base64; only the one canonical spelling is accepted.
  if (bytes.toString('base64') !== line.bodyBase64) return 'corrupt';
  return sha256Hex(bytes) === line.sha256 ? bytes : 'corrupt';
}

async function* unpackedLines(source: BundleSource, limits: BundleLimits): AsyncGenerator<Buffer> {
  const file = nameOf(source);
  const input: Readable =
    typeof source === 'string' ? createReadStream(source) : Readable.from([source.bytes]);
  const gunzip = createGunzip();
  input.on('error', (error) => gunzip.destroy(error));
  input.pipe(gunzip);
  let total = 0;
  let number = 1;
  let kept: Buffer[] = [];
  let keptBytes = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > limits.totalBytes) {
        throw tooLarge(file, number, 'the bundle', limits.totalBytes);
      }
      let start = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
        kept.push(chunk.subarray(start, end));
        yield Buffer.concat(kept);
        number += 1;
        kept = [];
        keptBytes = 0;
        start = end + 1;
      }
      kept.push(chunk.subarray(start));
      keptBytes += chunk.length - start;
      if (keptBytes > limits.lineBytes) {
        throw tooLarge(file, number, 'the line', limits.lineBytes);
      }
    }
  } catch (error) {
    throw readProblem(error, file, number);
  } finally {
    input.destroy();
    gunzip.destroy();
  }
  if (keptBytes > 0) throw new BundleUnreadable(file, number, 'the file ends within the line');
}

function tooLarge(file: string, line: number, what: string, limit: number): BundleUnreadable {
  return new BundleUnreadable(file, line, `${what} unpacks to more than ${limit} bytes`);
}

function readProblem(error: unknown, file: string, line: number): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (code === 'ENOENT') return new BundleUnreadable(file, 0, 'there is no such file');
  if (code === 'EACCES' || code === 'EISDIR') {
    return new BundleUnreadable(file, 0, `the file cannot be read (${code})`);
  }
  if (code.startsWith('Z_')) return new BundleUnreadable(file, line, 'this is no intact gzip file');
  return error;
}
