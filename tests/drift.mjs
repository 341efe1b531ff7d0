/** Fails when `drizzle-kit generate` would write a migration: the schema changed without one. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
// drizzle-kit only takes an output folder below the working directory.
const copy = mkdtempSync(path.join(root, 'node_modules', '.drift-'));
try {
  cpSync(path.join(root, 'db', 'migrations'), copy, { recursive: true });
  const before = readdirSync(copy).length;
  const { status, stdout, stderr } = spawnSync(
    path.join(root, 'node_modules', '.bin', 'drizzle-kit'),
    [
      'generate',
      '--dialect',
      'postgresql',
      '--schema',
      './db/schema/index.ts',
      '--out',
      path.relative(root, copy),
    ],
    { cwd: root, encoding: 'utf8' },
  );
  const added = readdirSync(copy)
    .filter((name) => name.endsWith('.sql'))
    .slice(before - 1);
  if (status !== 0 || added.length > 0) {
    process.stderr.write(
      `${stdout}${stderr}The schema and db/migrations differ. Run npm run generate.\n`,
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
