import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Database } from '@/db/client';
import type { Ctx } from '@/server/context';
import { DomainError } from '@/server/errors';
import { SOURCE_IDS, type SourceId } from '@/server/evidence/schema';
import { cancelJob, submitMolecule } from '@/server/jobs';
import { getJob, type JobView } from '@/server/jobs/queries';
import { isTerminal, type JobEvent, type JobEventData, type JobStatus } from '@/server/jobs/schema';
import { EventFeeds } from '@/server/live/tail';
import { readBundle, writeBundle } from '@/server/reports';
import { importBundle, readReportFile } from '@/server/reports/store';
import { connectorOf } from '../sources/registry';
import { CommandError } from './command-error';
import { withLocalContext } from './local-context';
import { withSystem } from './system';

const USAGE = `Usage: npm run phial -- research molecule TEXT [--indication T] [--sources a,b]
         [--pinned BUNDLE] [--out DIR] [--share] [--data DIR] [--json]`;

const EXIT: Record<JobStatus, number> = {
  completed: 0,
  partial: 3,
  'needs-input': 4,
  cancelled: 5,
  failed: 1,
  pending: 1,
  running: 1,
};
const BAD_INPUT = 2;

interface Wanted {
  text: string;
  indication: string | null;
  sources: SourceId[] | null;
  pinned: string | null;
  out: string | null;
  /** Leave out of the bundle what may not be passed on. */
  share: boolean;
  json: boolean;
}

/** One job without a browser. Exit codes as CONTRACTS fixes them. */
export async function run(
  args: string[],
  { dataDir }: { dataDir: string | null },
): Promise<number> {
  const wanted = parse(args);
  const bundle = wanted.pinned ? await readPinned(wanted.pinned) : null;
  if (wanted.out) await makeOut(wanted.out);
  return withSystem(dataDir, (system) =>
    withLocalContext(system, async (ctx, direct) => {
      try {
        return await research(ctx, wanted, bundle, direct, system.signal);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        say(wanted, error.userMessage);
        result(wanted, { status: 'refused', reason: error.reason, message: error.userMessage });
        return error.code === 'INVALID' ? BAD_INPUT : 1;
      }
    }),
  );
}

async function research(
  ctx: Ctx,
  wanted: Wanted,
  bundle: Buffer | null,
  direct: Database,
  signal: AbortSignal,
): Promise<number> {
  const pinned = bundle
    ? await importBundle({ ctx, bytes: bundle, name: wanted.pinned ?? undefined })
    : null;
  const { jobId } = await submitMolecule({
    ctx,
    input: {
      text: wanted.text,
      options: {
        indication: wanted.indication,
        ...(wanted.sources ? { sources: wanted.sources } : {}),
      },
      bundleSha256: pinned?.sha256 ?? null,
    },
  });
  const end = await follow(ctx, jobId, wanted, direct, signal);
  const written =
    wanted.out && end.reports.length > 0
      ? await writeOut(ctx, jobId, wanted.out, wanted.share)
      : [];
  conclude(end, wanted, written);
  if (end.reason === 'NAME_UNKNOWN' || end.reason === 'INPUT_UNUSABLE') return BAD_INPUT;
  return EXIT[end.status];
}

/** Prints events until the job ends or asks. Ctrl-C cancels the job. */
async function follow(
  ctx: Ctx,
  jobId: string,
  wanted: Wanted,
  direct: Database,
  signal: AbortSignal,
): Promise<JobView> {
  const done = new AbortController();
  const onAbort = () => void cancelJob({ ctx, jobId });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const feeds = await EventFeeds.open(ctx.db, direct);
    const job = { workspaceId: ctx.actor.workspaceId, jobId };
    for await (const event of feeds.watch(job, 0, done.signal)) {
      if (event.type === 'resync') continue;
      if (wanted.json) process.stdout.write(`${JSON.stringify(event)}\n`);
      else tell(event);
      if (event.type === 'job.ended' || event.type === 'job.needs-input') done.abort();
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  const view = await getJob({ ctx, jobId });
  if (!isTerminal(view.status) && view.status !== 'needs-input') {
    throw new Error(`The job ${jobId} stopped telling its progress`);
  }
  return view;
}

function tell(event: JobEvent): void {
  const line = (text: string) => process.stderr.write(`${text}\n`);
  switch (event.type) {
    case 'job.identified':
      return void line(understood(event.data));
    case 'step.started':
      return void line(
        `${event.data.step} …${event.data.attempt > 1 ? ` (start ${event.data.attempt})` : ''}`,
      );
    case 'step.waiting':
      return void line(`${event.data.step}: ${event.data.reason}`);
    case 'step.finished': {
      const { step, outcome, status, records, reason } = event.data;
      const counts = outcome ? `, ${records} records` : '';
      return void line(`${step}: ${outcome ?? status}${counts}${reason ? ` (${reason})` : ''}`);
    }
  }
}

function understood({ name, inchiKey, matchedBy }: JobEventData['job.identified']): string {
  if (inchiKey) return `Understood as ${name} (${inchiKey})`;
  const how = matchedBy === 'smiles' ? 'a structure without an InChIKey' : 'by name only';
  return `Understood as ${name}, ${how}`;
}

function conclude(job: JobView, wanted: Wanted, written: string[]): void {
  const report = job.reports[0];
  result(wanted, {
    status: job.status,
    jobId: job.id,
    reason: job.reason,
    message: job.message,
    label: job.label,
    candidate: job.candidate,
    limits: job.subject?.limits ?? [],
    reportHash: report?.reportHash ?? null,
    sources: job.steps
      .filter((s) => s.key.startsWith('gather:'))
      .map((s) => ({
        id: s.key.slice(7),
        outcome: s.outcome,
        reason: s.reason,
        records: s.records,
      })),
    ...(job.status === 'needs-input' ? { question: job.question, choices: job.choices } : {}),
    files: written,
  });
  if (wanted.json) return;
  const print = (text: string) => process.stdout.write(`${text}\n`);
  if (job.status === 'needs-input') {
    print(job.question ?? 'Choose a compound:');
    for (const c of job.choices) {
      print(
        `  ${c.inchiKey}  ${c.name}${c.formula ? `  ${c.formula}` : ''}${c.note ? `  – ${c.note}` : ''}`,
      );
    }
    print('Run the command again with one of these InChIKeys.');
    return;
  }
  if (job.message) print(job.message);
  for (const limit of job.subject?.limits ?? []) print(limit);
  if (!report) return;
  print(`${job.label ?? 'No label'}${job.candidate ? `: ${job.candidate}` : ''}`);
  print(`Report hash ${report.reportHash}`);
  for (const file of written) print(`  ${file}`);
}

/** With `--json` the result is the last line. */
function result(wanted: Wanted, value: Record<string, unknown>): void {
  if (wanted.json) process.stdout.write(`${JSON.stringify({ type: 'result', ...value })}\n`);
}

const say = (wanted: Wanted, sentence: string) =>
  wanted.json ? undefined : process.stderr.write(`${sentence}\n`);

async function writeOut(ctx: Ctx, jobId: string, out: string, share: boolean): Promise<string[]> {
  const { reports } = await getJob({ ctx, jobId });
  const names = Object.keys(reports[0]?.files ?? {}).sort();
  const written: string[] = [];
  for (const name of names) {
    const { bytes } = await readReportFile({ ctx, jobId, name });
    const file = path.join(out, name);
    await writeFile(file, bytes);
    if (share && name === 'bundle.ndjson.gz') await forSharing(file);
    written.push(file);
  }
  return written;
}

/** Leaves out bodies whose licence forbids passing them on; their hashes stay. */
async function forSharing(file: string): Promise<void> {
  const { header, lines } = await readBundle(file);
  const mayShare = (source: SourceId) => connectorOf(source).bodiesMayBeShared;
  await writeBundle(file, header, lines, { mayShare });
}

function parse(args: string[]): Wanted {
  const { values, positionals } = parsed(args);
  const [kind, text, ...more] = positionals;
  if (kind !== 'molecule' || text === undefined || more.length > 0) {
    throw new CommandError(USAGE, BAD_INPUT);
  }
  const sources = values.sources?.split(',').map((s) => s.trim());
  const unknown = sources?.find((s) => !(SOURCE_IDS as readonly string[]).includes(s));
  if (unknown !== undefined) {
    throw new CommandError(
      `There is no source "${unknown}". Known sources: ${SOURCE_IDS.join(', ')}.`,
      BAD_INPUT,
    );
  }
  return {
    text,
    indication: values.indication ?? null,
    sources: (sources as SourceId[] | undefined) ?? null,
    pinned: values.pinned ?? null,
    out: values.out ?? null,
    share: values.share ?? false,
    json: values.json ?? false,
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        indication: { type: 'string' },
        sources: { type: 'string' },
        pinned: { type: 'string' },
        out: { type: 'string' },
        share: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new CommandError(`${(cause as Error).message}\n${USAGE}`, BAD_INPUT, { cause });
  }
}

async function readPinned(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new CommandError(
      `The bundle ${file} cannot be read: ${(cause as Error).message}`,
      BAD_INPUT,
      {
        cause,
      },
    );
  }
}

async function makeOut(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new CommandError(
      `The folder ${folder} cannot be made: ${(cause as Error).message}`,
      BAD_INPUT,
      {
        cause,
      },
    );
  }
}
