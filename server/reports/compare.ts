/** Reports of several molecules side by side. */
import { authorise, type Ctx } from '@/server/context';
import { DomainError } from '@/server/errors';
import { getAssessment, listEvidence } from '@/server/evidence/queries';
import { type Evidence, type EvidenceOf, said } from '@/server/evidence/schema';
import type { Assessment } from '@/server/evidence/score';
import type { TrialUnderstanding, Withdrawal } from '@/server/evidence/score/features';
import type { TrialState } from '@/server/evidence/understand/trial-state';
import { getJob } from '@/server/jobs/queries';
import type { JobStatus } from '@/server/jobs/schema';
import { COMPARED } from './compare-align';
import type { Report } from './schema';
import { readReport } from './store';

export interface ComparedMolecule {
  jobId: string;
  status: JobStatus;
  name: string;
  formula: string | null;
  massDa: number | null;
  subject: Report['subject'];
  /** Rests on responses composed for demonstration, in part or whole. */
  isDemo: boolean;
  version: number;
  reportHash: string;
  finishedAt: string | null;
  decision: Report['decision'];
  candidates: Report['candidates'];
  sources: Report['sources'];
  evidenceCount: number;
  /** Null where the job left no reading of its trials. */
  trials: ComparedTrials | null;
  safety: ComparedSafety;
  mechanisms: { mechanism: string; action: string | null; evidenceId: string }[];
  targets: { symbol: string; evidenceId: string }[];
}

/** Trials that give the molecule as the studied treatment, by what is known of them. */
export interface ComparedTrials {
  named: number;
  studied: number;
  /** By phase in words; what states none is under null. */
  byPhase: { phase: string | null; count: number }[];
  byState: Partial<Record<TrialState, number>>;
}

export interface ComparedSafety {
  labels: number;
  boxed: { product: string; evidenceId: string }[];
  withdrawal: Withdrawal['kind'] | null;
  warnings: { words: string; evidenceId: string }[];
  /** Reactions reported most often together with the molecule, each with its count. */
  reactions: { reaction: string; count: number; evidenceId: string }[];
}

/** Why a job asked for is not among the compared. */
export interface NotCompared {
  jobId: string;
  name: string | null;
  why: 'not-found' | 'no-report';
}

/** The latest report of each job, in the order asked for; what cannot be compared is said apart. */
export async function compareJobs({
  ctx,
  jobIds,
}: {
  ctx: Ctx;
  jobIds: readonly string[];
}): Promise<{ molecules: ComparedMolecule[]; missing: NotCompared[] }> {
  authorise(ctx, 'job.read');
  const asked = [...new Set(jobIds)].slice(0, COMPARED.max);
  const found = await Promise.all(asked.map((jobId) => comparedJob(ctx, jobId)));
  return {
    molecules: found.flatMap((one) => ('why' in one ? [] : [one])),
    missing: found.flatMap((one) => ('why' in one ? [one] : [])),
  };
}

async function comparedJob(ctx: Ctx, jobId: string): Promise<ComparedMolecule | NotCompared> {
  try {
    const job = await getJob({ ctx, jobId });
    const [latest] = job.reports;
    const name = job.subject?.name ?? job.input;
    if (!latest) return { jobId, name, why: 'no-report' };
    const [report, evidence, assessment] = await Promise.all([
      readReport({ ctx, jobId, version: latest.version }),
      listEvidence({ ctx, jobId }),
      getAssessment({ ctx, jobId }),
    ]);
    return {
      jobId,
      status: job.status,
      name: report.subject.name,
      formula: job.subject?.formula ?? null,
      massDa: job.subject?.massDa ?? null,
      subject: report.subject,
      isDemo: report.evidence.some(({ retrievedAt }) => retrievedAt === null),
      version: latest.version,
      reportHash: latest.reportHash,
      finishedAt: report.job.finishedAt,
      decision: report.decision,
      candidates: report.candidates,
      sources: report.sources,
      evidenceCount: report.evidence.length,
      trials: assessment && trialsOf(assessment),
      safety: safetyOf(evidence, assessment),
      ...pharmacologyOf(evidence),
    };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND') {
      return { jobId, name: null, why: 'not-found' };
    }
    throw error;
  }
}

function trialsOf({ understanding }: Assessment): ComparedTrials {
  const trials = understanding.filter((read): read is TrialUnderstanding => read.kind === 'trial');
  const studied = trials.filter(({ role }) => role === 'studied' || role === 'combination');
  const phases = new Map<string | null, number>();
  const byState: ComparedTrials['byState'] = {};
  for (const { phase, state } of studied) {
    phases.set(phase, (phases.get(phase) ?? 0) + 1);
    byState[state] = (byState[state] ?? 0) + 1;
  }
  return {
    named: trials.length,
    studied: studied.length,
    byPhase: [...phases].map(([phase, count]) => ({ phase, count })),
    byState,
  };
}

/** The reactions shown of each molecule. */
const REACTIONS = 5;

function safetyOf(evidence: readonly Evidence[], assessment: Assessment | null): ComparedSafety {
  const labels = ofKind(evidence, 'label');
  return {
    labels: labels.length,
    boxed: labels
      .filter(({ facts }) => facts.boxedWarning.length > 0)
      .map(({ id, facts, title }) => ({
        product: said(facts.brandName) ?? said(facts.genericName) ?? title,
        evidenceId: id,
      })),
    withdrawal: assessment?.features.withdrawal.kind ?? null,
    warnings: ofKind(evidence, 'warning').map(({ id, facts }) => ({
      words: [said(facts.type), said(facts.toxicityClass), said(facts.country), said(facts.year)]
        .filter((part) => part !== null)
        .join(', '),
      evidenceId: id,
    })),
    reactions: ofKind(evidence, 'adverse-event')
      .map(({ id, facts }) => ({
        reaction: said(facts.reaction),
        count: said(facts.a),
        evidenceId: id,
      }))
      .sort((a, b) => b.count - a.count || (a.reaction < b.reaction ? -1 : 1))
      .slice(0, REACTIONS),
  };
}

function pharmacologyOf(evidence: readonly Evidence[]) {
  const mechanisms = ofKind(evidence, 'mechanism');
  const genes = mechanisms.flatMap(({ id, facts }) =>
    facts.genes.map((gene) => ({ symbol: said(gene), evidenceId: id })),
  );
  const targets = ofKind(evidence, 'target').map(({ id, facts }) => ({
    symbol: said(facts.symbol),
    evidenceId: id,
  }));
  return {
    mechanisms: mechanisms.map(({ id, facts }) => ({
      mechanism: said(facts.mechanism),
      action: said(facts.action),
      evidenceId: id,
    })),
    targets: onceEach([...targets, ...genes]),
  };
}

function onceEach(targets: ComparedMolecule['targets']): ComparedMolecule['targets'] {
  const bySymbol = new Map(targets.map((target) => [target.symbol.toUpperCase(), target]));
  return [...bySymbol.values()];
}

function ofKind<K extends Evidence['kind']>(evidence: readonly Evidence[], kind: K) {
  return evidence.filter((item): item is EvidenceOf<K> => item.kind === kind);
}
