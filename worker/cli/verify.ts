/** `phial verify DIR [--hash H] [--pdf FILE]… [--json]`: re-checks an export offline. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AnswerUnreadable } from '@/server/asking/export/check';
import { checkFolder, type FolderCheck, FolderUnreadable } from '@/server/reports/check-folder';
import { CommandError } from './command-error';
import { answerAsJson, answerAsText, verifyAnswer } from './verify-answer';

const HOLDS = 0;
const DOES_NOT_HOLD = 1;
const UNREADABLE = 2;

/** Exit code 0: everything holds; 1: something does not, named; 2: a file cannot be read. */
export async function run(args: string[]): Promise<number> {
  const { dir, hash, pdfs, isJson } = readArguments(args);
  const say = (json: object, text: string) =>
    process.stdout.write(isJson ? `${JSON.stringify(json)}\n` : text);
  try {
    if (existsSync(path.join(dir, 'answer.json'))) {
      const check = await verifyAnswer({ dir, hash, pdfs });
      say(answerAsJson(check), answerAsText(check, dir));
      return check.ok ? HOLDS : DOES_NOT_HOLD;
    }
    if (pdfs.length > 0) {
      throw new CommandError(`${dir} holds no answer.json, so there is no PDF to compare.`, 2);
    }
    const check = await checkFolder(dir, hash);
    say(asJson(check), asText(check, dir));
    return check.ok ? HOLDS : DOES_NOT_HOLD;
  } catch (error) {
    if (!(error instanceof FolderUnreadable || error instanceof AnswerUnreadable)) throw error;
    if (isJson)
      process.stdout.write(`${JSON.stringify({ ok: false, unreadable: error.message })}\n`);
    else process.stderr.write(`Cannot be read: ${error.message}\n`);
    return UNREADABLE;
  }
}

function readArguments(args: string[]): {
  dir: string;
  hash: string | null;
  pdfs: string[];
  isJson: boolean;
} {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        hash: { type: 'string' },
        pdf: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
      },
    });
    const [dir, ...others] = positionals;
    if (dir === undefined || others.length > 0) throw new Error('name one folder');
    if (values.hash !== undefined && !/^[0-9a-f]{64}$/i.test(values.hash)) {
      throw new Error('--hash takes the 64 hex digits of a report or answer hash');
    }
    return { dir, hash: values.hash ?? null, pdfs: values.pdf, isJson: values.json };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `phial verify DIR [--hash H] [--pdf FILE]… [--json]: ${reason}.`,
      UNREADABLE,
    );
  }
}

function asJson(check: FolderCheck) {
  const { report, ...rest } = check;
  return {
    ...rest,
    reportHash: report.reportHash,
    claims: report.claims.length,
    citations: report.claims.reduce((sum, claim) => sum + claim.citations.length, 0),
    evidence: report.evidence.length,
  };
}

function asText(check: FolderCheck, dir: string): string {
  const { report } = check;
  const { claims, citations, evidence } = asJson(check);
  const lines = [
    `${dir}: report ${report.reportHash}`,
    `${report.subject.name}: ${report.decision.label ?? 'no label'}${report.decision.candidate ? ` (${report.decision.candidate})` : ''}`,
    `${claims} claims with ${citations} citations of ${evidence} records${check.isComposed ? ', on snapshots composed for demonstration' : ''}.`,
  ];
  const absent = check.files.filter(({ state }) => state === 'absent').map(({ name }) => name);
  if (absent.length > 0) lines.push(`Not there, so not checked: ${absent.join(', ')}.`);
  for (const { claimId, snapshotSha256, citations: indexes } of check.unchecked) {
    lines.push(
      `Could not be checked (body left out for sharing): claim ${claimId}, citations ${indexes.join(', ')} of snapshot ${snapshotSha256}`,
    );
  }
  for (const { what, claimId, snapshotSha256 } of check.problems) {
    const where = [
      claimId === null ? [] : `claim ${claimId}`,
      snapshotSha256 === null ? [] : `snapshot ${snapshotSha256}`,
    ].flat();
    lines.push(`Does not hold: ${where.length > 0 ? `${where.join(', ')}: ` : ''}${what}`);
  }
  for (const { snapshotSha256, claimIds } of check.affected) {
    lines.push(
      claimIds.length > 0
        ? `Snapshot ${snapshotSha256} is cited by the claims ${claimIds.join(', ')}`
        : `Snapshot ${snapshotSha256} is cited by no claim`,
    );
  }
  lines.push(
    check.ok
      ? check.unchecked.length > 0
        ? 'Everything that could be checked holds.'
        : 'Everything holds.'
      : 'This export does not hold.',
  );
  return `${lines.join('\n')}\n`;
}
