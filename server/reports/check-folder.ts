/** Checks an exported folder offline: the report against its bundle, and the other files against both. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BundleUnreadable, bodyOf, readBundleStructure } from './bundle';
import { type BundleLine, isAnswer } from './bundle-lines';
import { compareText } from './canonical';
import type { CslItem } from './csl';
import { originOf, toBibtex, toCslJson, toEvidenceCsv, toRis } from './exports';
import { parseReport, ReportUnreadable } from './report-json';
import type { Report } from './schema';
import { type Problem, type SnapshotLookup, type Verification, verifyReport } from './verify';

export const EXPORT_FILES = [
  'report.json',
  'report.html',
  'report.pdf',
  'evidence.csv',
  'references.bib',
  'references.ris',
  'references.csl.json',
  'bundle.ndjson.gz',
] as const;

/** A file of the folder that cannot be read. The message names file and line. */
export class FolderUnreadable extends Error {
  override name = 'FolderUnreadable';
}

export interface FolderCheck extends Verification {
  report: Report;
  /** What was there to check; files that are absent were not exported, which is no fault. */
  files: { name: string; state: 'holds' | 'differs' | 'absent' }[];
  /** The bundle was written for demonstration: nothing in it was ever asked for. */
  isComposed: boolean;
}

/** Throws FolderUnreadable when report.json or the bundle cannot be read. */
export async function checkFolder(dir: string, expectedHash: string | null): Promise<FolderCheck> {
  const report = await readReport(path.join(dir, 'report.json'));
  const bundle = await readBundle(path.join(dir, 'bundle.ndjson.gz'));
  const verification = verifyReport(report, lookupIn(bundle.lines));
  const problems: Problem[] = [...verification.problems, ...damaged(bundle.lines, verification)];
  const add = (what: string) => problems.push({ what, claimId: null, snapshotSha256: null });
  if (expectedHash !== null && report.reportHash !== expectedHash.toLowerCase()) {
    add(`the report's hash is ${report.reportHash}, not ${expectedHash}`);
  }
  const files: FolderCheck['files'] = [
    { name: 'report.json', state: verification.ok ? 'holds' : 'differs' },
    { name: 'bundle.ndjson.gz', state: verification.affected.length > 0 ? 'differs' : 'holds' },
  ];
  for (const { name, problem } of await checkOthers(dir, report)) {
    files.push({ name, state: problem === null ? 'holds' : problem === '' ? 'absent' : 'differs' });
    if (problem) add(`${name}: ${problem}`);
  }
  return {
    ...verification,
    ok: problems.length === 0,
    problems,
    report,
    files,
    isComposed: bundle.header.origin === 'composed',
  };
}

async function readReport(file: string): Promise<Report> {
  const bytes = await readOrNull(file);
  if (!bytes) throw new FolderUnreadable(`${file}: there is no such file`);
  try {
    return parseReport(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof TypeError) throw new FolderUnreadable(`${file}: it is not UTF-8`);
    if (!(error instanceof ReportUnreadable)) throw error;
    const where = error.line === null ? file : `${file}, line ${error.line}`;
    throw new FolderUnreadable(`${where}: ${error.message}`);
  }
}

async function readBundle(file: string) {
  try {
    return await readBundleStructure(file);
  } catch (error) {
    if (error instanceof BundleUnreadable) throw new FolderUnreadable(error.message);
    throw error;
  }
}

/** The last line of a hash counts only where an earlier one is damaged or withheld. */
function lookupIn(lines: readonly BundleLine[]): SnapshotLookup {
  const byHash = new Map<string, ReturnType<SnapshotLookup>>();
  for (const line of lines) {
    if (!isAnswer(line)) continue;
    const body = bodyOf(line);
    const known = byHash.get(line.sha256);
    // One damaged copy is damage, whatever the others hold.
    if (known?.isDamaged) continue;
    if (body === 'corrupt') {
      byHash.set(line.sha256, { source: line.source, bytes: null, isDamaged: true });
    } else if (body === 'withheld') {
      if (!known) byHash.set(line.sha256, { source: line.source, bytes: null });
    } else {
      byHash.set(line.sha256, { source: line.source, bytes: body });
    }
  }
  return (sha256) => byHash.get(sha256) ?? null;
}

/** Snapshots that nothing cites are checked too. */
function damaged(lines: readonly BundleLine[], verification: Verification): Problem[] {
  const named = new Set(verification.problems.map(({ snapshotSha256 }) => snapshotSha256));
  const hashes = lines.flatMap((line) =>
    isAnswer(line) && bodyOf(line) === 'corrupt' && !named.has(line.sha256) ? line.sha256 : [],
  );
  return [...new Set(hashes)].sort(compareText).map((snapshotSha256) => ({
    what: 'a snapshot that nothing cites is not what its SHA-256 says',
    claimId: null,
    snapshotSha256,
  }));
}

/** A problem in words; null when the file holds, empty when it is absent. */
async function checkOthers(
  dir: string,
  report: Report,
): Promise<{ name: string; problem: string | null }[]> {
  const text = async (name: string) => (await readOrNull(path.join(dir, name)))?.toString('utf8');
  const checked: { name: string; problem: string | null }[] = [];
  const check = (name: string, content: string | undefined, problem: () => string | null) =>
    checked.push({ name, problem: content === undefined ? '' : problem() });

  for (const name of ['report.html', 'report.pdf']) {
    const content = (await readOrNull(path.join(dir, name)))?.toString('latin1');
    check(name, content, () =>
      content?.includes(report.reportHash) ? null : 'it does not carry the report hash',
    );
  }
  const csv = await text('evidence.csv');
  check('evidence.csv', csv, () =>
    csv === toEvidenceCsv(report) ? null : 'its rows are not the evidence of the report',
  );

  const csl = await text('references.csl.json');
  const items = csl === undefined ? null : parseItems(csl);
  check('references.csl.json', csl, () =>
    items ? itemsProblem(items, csl, report) : 'it is not JSON',
  );
  for (const [name, write] of [
    ['references.bib', toBibtex],
    ['references.ris', toRis],
  ] as const) {
    const content = await text(name);
    check(name, content, () => {
      if (!items) return 'it cannot be compared: references.csl.json is missing or no JSON';
      return content === write(items, originOf(report))
        ? null
        : 'it is not what the references say';
    });
  }
  return checked;
}

function parseItems(text: string): CslItem[] | null {
  try {
    const value: unknown = JSON.parse(text);
    const isList =
      Array.isArray(value) &&
      value.every((item) => typeof item?.custom?.evidenceId === 'string' && item.title);
    return isList ? (value as CslItem[]) : null;
  } catch {
    return null;
  }
}

function itemsProblem(items: CslItem[], text: string | undefined, report: Report): string | null {
  if (text !== toCslJson(items)) return 'it is not written as exported';
  const evidence = report.evidence;
  const isSame =
    items.length === evidence.length &&
    items.every((item, index) => {
      const record = evidence[index];
      return (
        item.custom.evidenceId === record?.id &&
        item.custom.reportHash === report.reportHash &&
        item.title === record.title &&
        item.URL === record.url
      );
    });
  return isSame ? null : 'its items are not the evidence of the report';
}

async function readOrNull(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return null;
    throw new FolderUnreadable(`${file}: it cannot be read (${code})`);
  }
}
