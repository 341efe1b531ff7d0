/**
 * Runs everything that must hold: types, lint with the layer rules, schema drift, unit, database and
 * browser tests. `--check` is the part without database and browser. Needs Node and npm alone.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const isCheck = process.argv.includes('--check');
const filters = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const totals = { passed: 0, failed: 0, skipped: 0 };

const run = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });

const bin = (name) => path.join(root, 'node_modules', '.bin', name);

async function step(name, command, args) {
  const started = Date.now();
  const code = await run(command, args);
  totals[code === 0 ? 'passed' : 'failed'] += 1;
  process.stdout.write(
    `${code === 0 ? '✓' : '✗'} ${name} (${Math.round((Date.now() - started) / 1000)} s)\n`,
  );
}

async function vitest(projects) {
  const folder = mkdtempSync(path.join(tmpdir(), 'phial-vitest-'));
  const file = path.join(folder, 'counts.json');
  const code = await run(
    bin('vitest'),
    ['run', ...projects.flatMap((p) => ['--project', p]), ...filters],
    { PHIAL_TEST_COUNTS: file },
  );
  if (existsSync(file)) {
    const counts = JSON.parse(readFileSync(file, 'utf8'));
    for (const key of Object.keys(totals)) totals[key] += counts[key];
    if (code !== 0 && counts.failed === 0) totals.failed += 1;
  } else {
    totals.failed += 1;
  }
  rmSync(folder, { recursive: true, force: true });
}

if (!existsSync(path.join(root, 'node_modules', 'vitest'))) {
  process.stdout.write('Installing packages …\n');
  const install = ['install', '--no-save', '--no-audit', '--no-fund'];
  if ((await run('npm', install)) !== 0) process.exit(1);
}
if (filters.length === 0) {
  await step('types', bin('tsc'), ['--noEmit', '-p', '.']);
  await step('lint and layers', bin('biome'), ['ci', '--error-on-warnings', '.']);
  // The committed migrations must be what the schema asks for.
  await step('schema drift', process.execPath, [path.join(root, 'tests', 'drift.mjs')]);
}
await vitest(isCheck ? ['unit'] : ['unit', 'db', 'browser']);

const isCi = process.env.CI === 'true';
if (isCi && totals.skipped > 0)
  process.stdout.write('With CI=true a skipped test counts against the run.\n');
process.stdout.write(
  `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`,
);
process.exit(totals.failed > 0 || (isCi && totals.skipped > 0) ? 1 : 0);
