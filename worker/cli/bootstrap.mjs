// The one file that runs before anything is installed: plain JavaScript, Node's own modules only.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

function requireNode() {
  const { engines } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8'));
  const wanted = engines.node.replace('>=', '').split('.').map(Number);
  const actual = process.versions.node.split('.').map(Number);
  if (actual[0] > wanted[0] || (actual[0] === wanted[0] && actual[1] >= wanted[1])) return;
  process.stderr.write(
    `Phial needs Node ${wanted.join('.')} or newer; this is ${process.versions.node}. Install a newer Node from https://nodejs.org and try again.\n`,
  );
  process.exit(1);
}

function installPackages() {
  const lock = path.join(checkout, 'package-lock.json');
  // npm writes this file at the end of an install that went well.
  const installed = path.join(checkout, 'node_modules', '.package-lock.json');
  const isCurrent = existsSync(installed) && statSync(installed).mtimeMs >= modified(lock);
  if (isCurrent) return;
  process.stderr.write('Installing packages; this takes a minute the first time.\n');
  // Not `npm ci`: it refuses a lock that lacks a foreign platform's optional packages, as one written
  // behind a partial mirror does. This keeps to the lock as strictly and leaves it untouched.
  const args = ['install', '--no-save', '--include=dev', '--no-fund', '--no-audit'];
  // Under `npm run` this is the npm that was called; it need not be the one on the path.
  const npm = process.env.npm_execpath;
  // Its output must not mix with a command's result on standard output.
  const options = { cwd: checkout, stdio: ['ignore', 2, 2] };
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args, '--loglevel=error'], options)
    : spawnSync('npm', [...args, '--loglevel=error'], options);
  if (result.status === 0) return;
  process.stderr.write(
    `The packages could not be installed (npm install: ${result.error?.message ?? `exit code ${result.status}`}). See npm's words above, then try again.\n`,
  );
  process.exit(1);
}

function modified(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

requireNode();
installPackages();
// npm runs scripts in the checkout; a folder or file named by the caller is relative to the caller.
if (process.env.npm_package_json === path.join(checkout, 'package.json')) {
  process.chdir(process.env.INIT_CWD ?? checkout);
}
process.env.TSX_TSCONFIG_PATH = path.join(checkout, 'tsconfig.json');
await import('tsx');
const { main } = await import('./main.ts');
process.exit(await main(process.argv.slice(2)));
