/** Block 4: registered trials; the failed, terminated and withdrawn ones first, none hidden. */
import type { EvidenceOf } from '@/server/evidence/schema';
import { said } from '@/server/evidence/schema';
import { compareText } from '../canonical';
import { ClaimDraft, citing, type DraftedClaim } from '../claim-draft';
import { STOPPED_STATUSES } from '../derivations/trial';
import { absenceClaim } from './absence';
import { type Material, ofKind } from './block';

type Trial = EvidenceOf<'trial'>;

export function clinicalClaims(material: Material): DraftedClaim[] {
  const trials = ofKind(material.evidence, 'trial').sort(
    (a, b) =>
      Number(isStopped(b)) - Number(isStopped(a)) || compareText(a.externalId, b.externalId),
  );
  if (trials.length === 0) return absenceClaim(material, 'trials', 'trials.none@1');
  return [
    ...counts(trials),
    ...unreported(trials),
    ...trials.flatMap((trial) => [
      isStopped(trial) ? stopped(trial) : listed(trial),
      ...analyses(trial),
    ]),
  ];
}

export function isStopped(trial: Trial): boolean {
  return STOPPED_STATUSES.includes(said(trial.facts.status));
}

function counts(trials: Trial[]): DraftedClaim[] {
  const ended = trials.filter(isStopped);
  const found = new ClaimDraft('trials.found@1').derive(
    'count',
    'trials.count@1',
    ...trials.map((trial) => citing(trial)(trial.facts.nctId)),
  );
  if (ended.length === 0) return [found.build()];
  const stoppedCount = new ClaimDraft('trials.stopped@1').derive(
    'count',
    'trials.stopped@1',
    ...ended.flatMap((trial) => {
      const cite = citing(trial);
      return [cite(trial.facts.nctId), cite(trial.facts.status)];
    }),
  );
  return [found.build(), stoppedCount.build()];
}

/** A gap: what was completed and has no results posted. */
function unreported(trials: Trial[]): DraftedClaim[] {
  const silent = trials.filter(
    ({ facts }) => said(facts.status) === 'COMPLETED' && said(facts.hasResults) === false,
  );
  if (silent.length === 0) return [];
  const inputs = silent.flatMap((trial) => {
    const { nctId, status, hasResults } = trial.facts;
    return [nctId, status, hasResults].map(citing(trial));
  });
  return [
    new ClaimDraft('gap.unreported@1').derive('count', 'trials.unreported@1', ...inputs).build(),
  ];
}

function stopped(trial: Trial): DraftedClaim {
  const { facts } = trial;
  const cite = citing(trial);
  return common(new ClaimDraft('trial.stopped@1'), trial)
    .derive('status', 'trial.ended@1', cite(facts.status))
    .put('why', cite(facts.whyStopped))
    .deriveIf('class', 'stop.class@1', cite(facts.whyStopped))
    .deriveIf('ended', 'date@1', cite(facts.completionDate))
    .build();
}

function listed(trial: Trial): DraftedClaim {
  const { facts } = trial;
  const cite = citing(trial);
  return common(new ClaimDraft('trial.listed@1'), trial)
    .derive('status', 'trial.status@1', cite(facts.status))
    .deriveIf('started', 'date@1', cite(facts.startDate))
    .deriveIf('ended', 'date@1', cite(facts.completionDate))
    .put('sponsor', cite(facts.sponsor))
    .build();
}

function common(draft: ClaimDraft, trial: Trial): ClaimDraft {
  const { facts } = trial;
  const cite = citing(trial);
  return draft
    .put('nct', cite(facts.nctId))
    .put('title', cite(facts.title))
    .deriveIf('phase', 'trial.phase@1', cite(facts.phases))
    .deriveIf('enrolment', 'number@1', facts.enrolmentType ? cite(facts.enrolment) : null)
    .deriveIf('enrolled', 'trial.enrolled@1', facts.enrolment ? cite(facts.enrolmentType) : null)
    .deriveIf('results', 'trial.results@1', cite(facts.hasResults));
}

/** Posted statistics of primary outcomes that state anything. */
function analyses(trial: Trial): DraftedClaim[] {
  const cite = citing(trial);
  return trial.facts.primaryAnalyses.flatMap((analysis) => {
    const { pValue, parameter, estimate, ciLower, ciUpper } = analysis;
    if (!pValue && !estimate) return [];
    const draft = new ClaimDraft('trial.analysis@1')
      .put('nct', cite(trial.facts.nctId))
      .put('measure', cite(analysis.measure))
      .deriveIf('p', 'p-value@1', cite(pValue));
    if (parameter && estimate) {
      draft.put('parameter', cite(parameter)).put('estimate', cite(estimate));
    }
    if (ciLower && ciUpper) draft.put('low', cite(ciLower)).put('high', cite(ciUpper));
    return pValue || (parameter && estimate) ? [draft.build()] : [];
  });
}
