import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from './build-once';
import { checkout } from './data-folder';

const output = path.join(checkout, 'dist', 'worker');

const workerFile = path.join(output, 'index.js');

/** Arguments that `node` starts the built worker with; its errors name the sources. */
export const workerArguments = ['--enable-source-maps', workerFile];

/** What it starts to read PDFs. */
export const readerFile = path.join(output, 'child.js');

/**
 * Compiles the worker and its reader of PDFs unless the last build was made from the same sources. They
 * start in a quarter of the processor time that compiling while starting takes.
 */
export async function buildWorker(): Promise<void> {
  await buildOnce({
    what: 'worker',
    output,
    result: workerFile,
    folders: ['worker', 'server', 'db'],
    async build() {
      const { build } = await import('esbuild');
      const { outputFiles } = await build({
        absWorkingDir: checkout,
        entryPoints: { index: 'worker/index.ts', child: 'worker/reading/child.ts' },
        outdir: output,
        write: false,
        bundle: true,
        packages: 'external',
        platform: 'node',
        format: 'esm',
        target: 'node20',
        keepNames: true,
        sourcemap: true,
      });
      for (const { path: file, contents } of outputFiles) {
        const unfinished = `${file}.${process.pid}`;
        await writeFile(unfinished, contents);
        // Another command may be starting a worker from it.
        await rename(unfinished, file);
      }
    },
  });
}
