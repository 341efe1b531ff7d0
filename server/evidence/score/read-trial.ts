/** Understands one trial: the building blocks put together over its facts. */
import { type EvidenceOf, said, type TrialFacts } from '@/server/evidence/schema';
import { classifyStopReason } from '@/server/evidence/stop-reason';
import {
  keysOfConditions,
  ownKeys,
  type Vocabulary,
} from '@/server/evidence/understand/indications';
import { trialLevel } from '@/server/evidence/understand/level';
import { namesMolecule } from '@/server/evidence/understand/molecule-names';
import {
  type PhaseKey,
  phaseInWords,
  phaseKey,
  phaseRank,
} from '@/server/evidence/understand/phase';
import { type Analysis, primaryOutcome } from '@/server/evidence/understand/primary-outcome';
import { byCodeUnit } from '@/server/evidence/understand/text';
import { countsForMolecule, trialRole } from '@/server/evidence/understand/trial-role';
import { trialState } from '@/server/evidence/understand/trial-state';
import type { TrialUnderstanding } from './features';

/** A trial read, with what the candidates need of it besides. */
export interface ReadTrial {
  understood: TrialUnderstanding;
  externalId: string;
  status: string;
  hasResults: boolean;
  phase: PhaseKey | null;
  phaseRank: number | null;
  /** Conditions by candidate key, with the name the record gives them. */
  named: { key: string; name: string; isDescriptor: boolean }[];
}

export function readTrial(
  evidence: EvidenceOf<'trial'>,
  names: readonly string[],
  vocabulary: Vocabulary,
): ReadTrial {
  const { facts } = evidence;
  const { role, arms } = trialRole(names, interventionsOf(facts), armsOf(facts));
  const phases = said(facts.phases);
  const phase = phaseKey(phases);
  const status = said(facts.status);
  const hasResults = said(facts.hasResults);
  const why = said(facts.whyStopped);
  const stop = why === null ? null : classifyStopReason(why);
  const outcome = primaryOutcome(analysesOf(facts), hasResults, (title) =>
    namesMolecule(title, names),
  );
  const state = trialState({
    studyType: said(facts.studyType),
    status,
    stopClass: stop?.class ?? null,
    verdict: outcome.verdict,
  });
  const level = trialLevel({
    studyType: said(facts.studyType),
    phase,
    status,
    hasResults,
    allocation: said(facts.allocation),
    armTypes: facts.arms.map(({ type }) => said(type)),
  });
  const named = keysOfConditions(
    facts.conditionMesh.map(({ id, term }) => ({ id: said(id), term: said(term) })),
    facts.conditions.map((condition) => said(condition)),
    vocabulary,
  );
  const isGiven = role !== 'not-given';
  return {
    understood: {
      kind: 'trial',
      evidenceId: evidence.id,
      role,
      arms,
      phase: phaseInWords(phases),
      stop: stop === null ? null : { class: stop.class, rule: stop.rule },
      primaryOutcome: outcome.verdict,
      nonInferior: outcome.nonInferior,
      state,
      level: level.level,
      levelRule: level.rule,
      candidates: isGiven ? named.map(({ key }) => key) : [],
      countsFor: countsForMolecule(role) ? ownKeys(named) : [],
    },
    externalId: evidence.externalId,
    status,
    hasResults: hasResults === true,
    phase,
    phaseRank: phaseRank(phases),
    named: isGiven ? named : [],
  };
}

function interventionsOf(facts: TrialFacts) {
  return facts.interventions.map(({ type, name, otherNames, armLabels }) => ({
    type: said(type),
    name: said(name),
    otherNames: otherNames.map((other) => said(other)),
    armLabels: armLabels.map((label) => said(label)),
  }));
}

function armsOf(facts: TrialFacts) {
  return facts.arms.map(({ label, type, interventionNames }) => ({
    label: said(label),
    type: said(type),
    interventionNames: interventionNames.map((name) => said(name)),
  }));
}

function analysesOf(facts: TrialFacts): Analysis[] {
  return facts.primaryAnalyses
    .map((analysis) => ({
      measure: said(analysis.measure),
      groupTitles: analysis.groupTitles.map((title) => said(title)),
      pValue: said(analysis.pValue),
      parameter: said(analysis.parameter),
      estimate: said(analysis.estimate),
      ciLower: said(analysis.ciLower),
      ciUpper: said(analysis.ciUpper),
      nonInferiority: said(analysis.nonInferiority),
    }))
    .sort((a, b) => byCodeUnit(a.measure, b.measure));
}
