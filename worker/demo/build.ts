/**
 * Writes the bundle of the demonstration, `public/demo/bundle.ndjson.gz`. Run it again after changing
 * the facts in `facts/`, the forms in `compose/`, or what a connector or the identification asks:
 *
 *     node --import tsx worker/demo/build.ts
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DEMO_BUNDLE_FILE } from '@/server/demo';
import { writeBundle } from '@/server/reports/bundle';
import { composeBundle } from './compose-bundle';

const { header, lines } = await composeBundle();
await mkdir(path.dirname(DEMO_BUNDLE_FILE), { recursive: true });
await writeBundle(DEMO_BUNDLE_FILE, header, lines);
process.stdout.write(`${DEMO_BUNDLE_FILE}: ${lines.length} answers\n`);
