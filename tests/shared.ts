import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Folder of recorded responses and labelled sets beside the checkout; null where it is absent. */
export function sharedDir(): string | null {
  const dir = path.resolve(root, process.env.PHIAL_SHARED ?? '../shared');
  return existsSync(path.join(dir, 'fixtures')) ? dir : null;
}

/** Why tests on what lies there cannot run here, or null. */
export const withoutShared =
  sharedDir() === null ? 'recorded responses and labelled sets are not beside the checkout' : null;
