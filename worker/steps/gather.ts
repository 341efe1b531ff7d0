import { recordEvidence } from '@/server/evidence/record';
import type { Outcome, Subject } from '@/server/evidence/schema';
import { asOwner, endStep, forgetEvidence } from '@/server/jobs';
import { noteProgress } from '@/server/jobs/progress';
import { gatherSource } from '@/server/jobs/schema';
import { type FaultKind, type Question, SourceFault } from '../sources/contract';
import { connectorOf } from '../sources/registry';
import { openSources } from './source-access';
import type { StepBody } from './step';

/** Faults that end asking altogether; nothing further is asked of this source. */
const CUTS: readonly FaultKind[] = ['budget', 'finish-early'];
/** Faults that say nothing about the source: it was not asked. */
const NOT_ASKED: readonly FaultKind[] = ['not-in-bundle', 'budget', 'finish-early'];

/** What came of one question. */
interface Answer {
  question: Question;
  capped: string | null;
  fault: SourceFault | null;
}

/** Asks one source all its questions; whatever happens, the ledger says it. */
export const gatherStep: StepBody = async (work) => {
  const { ctx, running, signal } = work;
  const source = gatherSource(running.step);
  const subject = running.job.subject as Subject | null;
  if (!source || !subject) throw new Error(`${running.step} cannot run without a subject`);
  const connector = connectorOf(source);
  const access = await openSources(work);
  await asOwner(ctx, running, (tx) => forgetEvidence(tx, running));

  const refusal = connector.refuses(subject);
  if (refusal) {
    await endStep(ctx, running, { status: 'skipped', outcome: 'not-searched', reason: refusal });
    return;
  }
  const storedCut = access.bundle?.index.cut(source, running.step);
  const cutBefore = storedCut
    ? new SourceFault(storedCut.cut, CUT_REASON[storedCut.cut])
    : signal.aborted && signal.reason instanceof SourceFault
      ? signal.reason
      : null;
  if (cutBefore?.kind === 'finish-early' || cutBefore?.kind === 'budget') {
    await endStep(ctx, running, {
      status: 'skipped',
      outcome: 'not-searched',
      reason: cutBefore.message,
      cut: { kind: cutBefore.kind, after: 0 },
    });
    return;
  }

  const http = access.http(connector);
  const answers: Answer[] = [];
  // By id: a record that several questions give, or that identification has stored, is one.
  const found = new Set<string>();
  for (const question of connector.questions(subject)) {
    const answer: Answer = { question, capped: null, fault: null };
    answers.push(answer);
    try {
      for await (const yielded of question.ask(http)) {
        if ('capped' in yielded) {
          answer.capped = yielded.capped;
          continue;
        }
        await asOwner(ctx, running, async (tx) => {
          await recordEvidence(tx, running, yielded.records, {
            connectorVersion: connector.version,
            retrievedAt: access.retrievedAt,
          });
          for (const { externalId } of yielded.records) found.add(externalId);
          await noteProgress(tx, running, {
            requests: access.requests(),
            records: found.size,
            doing: question.title,
          });
        });
      }
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      if (error.kind === 'cancelled') return;
      answer.fault = error;
      if (CUTS.includes(error.kind)) break;
    }
  }
  const { outcome, reason } = summarise(answers, found.size);
  await endStep(ctx, running, {
    status: outcome === 'failed' ? 'failed' : outcome === 'not-searched' ? 'skipped' : 'done',
    outcome,
    reason,
    requests: access.requests(),
    records: found.size,
  });
};

const CUT_REASON = {
  budget: "the job's budget is used up",
  'finish-early': 'finished early',
  cancelled: 'cancelled',
} as const;

/** The ledger's line. A failure never becomes "nothing found". Pure. */
export function summarise(
  answers: Answer[],
  records: number,
): { outcome: Outcome; reason: string | null } {
  const faults = answers.filter((a) => a.fault !== null);
  const caps = answers.flatMap((a) => (a.capped ? [a.capped] : []));
  if (faults.length === 0) {
    return { outcome: records > 0 ? 'ok' : 'empty', reason: joined(caps) };
  }
  const reasons = [...new Set(faults.map((a) => a.fault?.message ?? ''))];
  const nothingAnswered = faults.length === answers.length && records === 0;
  if (!nothingAnswered) {
    const named = faults.map((a) => `${a.question.title}: ${a.fault?.message}`);
    return { outcome: 'partial', reason: joined([...named, ...caps]) };
  }
  const asked = faults.some((a) => a.fault && !NOT_ASKED.includes(a.fault.kind));
  return { outcome: asked ? 'failed' : 'not-searched', reason: joined(reasons) };
}

const joined = (parts: string[]) => (parts.length > 0 ? parts.join('; ') : null);
