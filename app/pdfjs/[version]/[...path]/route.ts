import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';

export const dynamic = 'force-dynamic';

/** What pdf.js fetches while it draws: its worker, character maps, standard fonts, decoders. */
const served = [
  { pattern: /^pdf\.worker\.min\.mjs$/, folder: 'build' },
  { pattern: /^(cmaps|standard_fonts|wasm|iccs)\/[\w.-]+$/, folder: '' },
];

const types: Record<string, string> = {
  '.mjs': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** From our own origin, as everything is. The version stands in the address, so it is kept for good. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ version: string; path: string[] }> },
): Promise<Response> {
  const name = (await params).path.join('/');
  const found = served.find(({ pattern }) => pattern.test(name));
  if (!found || name.includes('..')) return new Response('Not found', { status: 404 });
  const file = path.join(process.cwd(), 'node_modules', 'pdfjs-dist', found.folder, name);
  const known = await stat(file).catch(() => null);
  if (!known?.isFile()) return new Response('Not found', { status: 404 });
  return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, {
    headers: {
      'Content-Type': types[path.extname(name)] ?? 'application/octet-stream',
      'Content-Length': String(known.size),
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
