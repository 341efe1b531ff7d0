import { parseArgs } from 'node:util';
import {
  classifyStopReason,
  STOP_REASON_VERSION,
  speaksAgainst,
} from '@/server/evidence/stop-reason';
import { CommandError } from '../command-error';
import { readText, writeText } from './files';

const USAGE = 2;

/** Classes every stop reason of a table `nct_id, stop_reason[, class]` into a table `nct_id, class`. */
export async function run(args: string[]): Promise<number> {
  const { file, out } = fileAndOut('stop-reasons', args);
  const classed = readStopReasons(await readText(file), file).map(({ id, text }) => ({
    id,
    stopClass: classifyStopReason(text).class,
  }));
  const lines = ['nct_id\tclass', ...classed.map(({ id, stopClass }) => `${id}\t${stopClass}`)];
  await writeText(out, `${lines.join('\n')}\n`);
  const against = classed.filter(({ stopClass }) => speaksAgainst(stopClass)).length;
  process.stdout.write(
    `${classed.length} stop reasons classed into ${out}, ${against} of them against the molecule (version ${STOP_REASON_VERSION}).\n`,
  );
  return 0;
}

function readStopReasons(table: string, file: string): { id: string; text: string }[] {
  const [header, ...lines] = table.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (!/^nct_id\tstop_reason(\tclass)?$/.test(header!)) {
    throw new CommandError(
      `${file}, line 1: the header must read "nct_id<TAB>stop_reason", with or without "<TAB>class".`,
    );
  }
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, at) => {
    const where = `${file}, line ${at + 2}`;
    const [id, text, , ...more] = line.split('\t');
    if (text === undefined || more.length > 0) {
      throw new CommandError(
        `${where}: expected nct_id, stop_reason and at most a class, between tabs.`,
      );
    }
    if (!/^NCT\d{8}$/.test(id!)) {
      throw new CommandError(
        `${where}: "${id}" is no ClinicalTrials.gov number (NCT and 8 digits).`,
      );
    }
    return { id: id!, text };
  });
}

function fileAndOut(name: string, args: string[]): { file: string; out: string } {
  const usage = `phial eval ${name} --file TSV --out TSV`;
  let values: { file?: string; out?: string };
  try {
    ({ values } = parseArgs({
      args,
      options: { file: { type: 'string' }, out: { type: 'string' } },
    }));
  } catch (error) {
    throw new CommandError(`${usage}: ${error instanceof Error ? error.message : error}`, USAGE);
  }
  if (!values.file) throw new CommandError(`${usage}: name the table to read with --file.`, USAGE);
  if (!values.out) throw new CommandError(`${usage}: name the table to write with --out.`, USAGE);
  return { file: values.file, out: values.out };
}
