/** The demonstration: composed answers that ship with the product, so that it shows a job offline. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Of the folder that web, worker and commands are started in; beside the standalone server too. */
export const DEMO_BUNDLE_FILE = 'public/demo/bundle.ndjson.gz';

/** What the first sign-in submits. */
export const DEMO_MOLECULE = 'Sildenafil';

/** Every molecule that the bundle answers for. */
export const DEMO_MOLECULES: readonly string[] = ['Sildenafil', 'Imatinib', 'Aspirin'];

export async function demoBundle(): Promise<Buffer> {
  return readFile(path.resolve(DEMO_BUNDLE_FILE));
}
