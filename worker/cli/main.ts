import { parseArgs } from 'node:util';
import { CommandError } from './command-error';

/** What `worker/cli/<command>.ts` exports: its arguments in, its exit code out. */
interface Command {
  run(args: string[], options: { dataDir: string | null }): Promise<number>;
}

const commands: Record<string, string> = {
  up: 'start everything and print the address to sign in at',
  research: 'run one job without a browser',
  papers: 'add papers to the library',
  ask: 'ask papers a question',
  verify: 'check every line of an export again, offline',
  eval: 'measure against labelled data',
  bench: 'run the benchmarks',
};

/** Runs one command and returns its exit code; a failure ends in a sentence on standard error. */
export async function main(args: string[]): Promise<number> {
  const [name, ...others] = args;
  if (name === '--help' || name === '-h') {
    process.stdout.write(usage());
    return 0;
  }
  if (name === undefined || !Object.hasOwn(commands, name)) {
    const problem = name === undefined ? '' : `There is no command "${name}".\n\n`;
    process.stderr.write(problem + usage());
    return 2;
  }
  // A reader that goes away (`| head`, a killed npm) must not end a command half-way.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  try {
    const { dataDir, rest } = takeDataDir(others);
    const command = (await import(`./${name}.ts`)) as Command;
    return await command.run(rest, { dataDir });
  } catch (error) {
    if (error instanceof CommandError) {
      process.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
    const trace = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`Phial failed unexpectedly:\n${trace}\n`);
    return 1;
  }
}

/** `--data DIR` is every command's; the rest is the command's own to read. */
function takeDataDir(args: string[]): { dataDir: string | null; rest: string[] } {
  const { tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: { data: { type: 'string' } },
  });
  const taken = new Set<number>();
  let dataDir: string | null = null;
  for (const token of tokens) {
    if (token.kind !== 'option' || token.name !== 'data') continue;
    if (!token.value) throw new CommandError('--data needs a folder: --data DIR.', 2);
    dataDir = token.value;
    taken.add(token.index);
    if (!token.inlineValue) taken.add(token.index + 1);
  }
  return { dataDir, rest: args.filter((_, index) => !taken.has(index)) };
}

function usage(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, does]) => `  ${name.padEnd(width)}  ${does}`);
  return `Usage: npm run phial -- COMMAND … [--data DIR]\n\n${lines.join('\n')}\n`;
}
