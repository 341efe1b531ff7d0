import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Benchmark, type Judged, judge, table } from '@/tests/bench/measure';
import { CommandError } from './command-error';
import { checkout } from './data-folder';

/** In this order, each `tests/bench/<name>.ts`. */
const benchmarks: Record<string, string> = {
  machine: 'the job machine against bare Graphile Worker',
  live: 'an event in 200 browsers against bare LISTEN',
  rerank: 'scoring and ranking 5,000 evidence rows in a browser',
  search: 'searching 5,000 and 50,000 chunks against ts_rank, Cranfield against LangChain.js',
  'search-large': 'the same with 300,000 chunks, which takes long to fill',
  start: 'a warm start of `up` against bare PostgreSQL and Node',
  upload: 'taking in 5 MB files from 20 people against writing them alone',
  reading: 'reading PDFs against bare text extraction',
  cache: 'searches that are remembered against searches in the database',
  limits: 'what counting adds to a call',
  memory: 'memory of web, worker and database after a job',
};

/** Run when they are named. */
const onRequest: readonly string[] = ['search-large'];

const resultsFile = path.join(checkout, 'bench-results.json');

/**
 * Runs all benchmarks, or the named ones, and prints one table. A goal that is missed is said, not an
 * error; a benchmark that cannot run is one.
 */
export async function run(names: string[], options: { dataDir: string | null }): Promise<number> {
  if (options.dataDir !== null) {
    throw new CommandError('Benchmarks make data folders of their own; leave --data out.', 2);
  }
  const unknown = names.find((name) => !Object.hasOwn(benchmarks, name));
  if (unknown !== undefined) throw new CommandError(usage(unknown), 2);

  const figures: Judged[] = [];
  const failed: { benchmark: string; reason: string }[] = [];
  const usual = Object.keys(benchmarks).filter((name) => !onRequest.includes(name));
  for (const name of names.length > 0 ? names : usual) {
    say(`${name}: ${benchmarks[name]}`);
    try {
      const module = (await import(`../../tests/bench/${name}.ts`)) as { run: Benchmark };
      figures.push(...(await module.run(say)).map(judge));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failed.push({ benchmark: name, reason });
      process.stderr.write(`${name} could not run: ${reason}\n`);
    }
  }
  const results = { measuredAt: new Date().toISOString(), figures, failed };
  await writeFile(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  say(`\n${table(figures)}\n\nAll figures are in ${resultsFile}.`);
  return failed.length > 0 ? 1 : 0;
}

function usage(unknown: string): string {
  const names = Object.entries(benchmarks).map(([name, does]) => `  ${name.padEnd(8)}  ${does}`);
  return `There is no benchmark "${unknown}". Usage: npm run bench [-- NAME …]\n\n${names.join('\n')}`;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
