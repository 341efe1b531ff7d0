/** Files of a form that was sent without scripts, one after the other as they arrive. */
import { Readable } from 'node:stream';
import busboy from 'busboy';
import { invalid } from '@/server/errors';

/** Calls `take` with each file; the next is read when it has ended. Files without a name are none. */
export async function eachFile(
  request: Request,
  take: (file: { name: string; bytes: AsyncIterable<Uint8Array> }) => Promise<void>,
): Promise<void> {
  if (!request.body) throw invalid('FILES_NONE', 'Choose at least one file.');
  const parser = parserOf(request);
  let failed: unknown = null;
  let last = Promise.resolve();
  parser.on('file', (_field, stream, { filename }) => {
    last = last.then(async () => {
      if (!filename || failed) {
        stream.resume();
        return;
      }
      try {
        // What is refused half-way is still passed over, for the parser to go on to the next.
        await take({ name: filename, bytes: stream.iterator({ destroyOnReturn: false }) });
      } catch (error) {
        failed = error;
      }
      stream.resume();
    });
  });
  const parsed = new Promise<void>((resolve, reject) => {
    parser.on('close', resolve);
    parser.on('error', reject);
  });
  const source = Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  await parsed;
  await last;
  if (failed) throw failed;
}

function parserOf(request: Request): busboy.Busboy {
  try {
    return busboy({
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
      limits: { files: 500, fields: 20, fieldSize: 10_000 },
    });
  } catch {
    throw invalid('FORM_UNREADABLE', 'This is not a form with files.');
  }
}
