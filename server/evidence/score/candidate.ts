/** What a candidate's records come to, before any weight. */
import type { Citation, Level, SourceId } from '@/server/evidence/schema';
import { isMeshDescriptor } from '@/server/evidence/understand/indications';
import { PHASE_KEYS, type PhaseKey } from '@/server/evidence/understand/phase';
import type { StanceKind } from '@/server/evidence/understand/stance';
import { byCodeUnit, sortedUnique } from '@/server/evidence/understand/text';
import { countsForMolecule } from '@/server/evidence/understand/trial-role';
import { isNegative } from '@/server/evidence/understand/trial-state';
import type { ArticleUnderstanding, ByLevel, CandidateFeatures, TrialTerm } from './features';
import type { ReadTrial } from './read-trial';
import { recordedTerm, trialTermsOf } from './trial-terms';

export interface CandidateDraft {
  key: string;
  efo: string[];
  /** Terms that records state for the descriptor, and other names of it. */
  terms: Set<string>;
  names: Set<string>;
  indication: () => string;
  trials: ReadTrial[];
  recorded: { evidenceId: string; phase: PhaseKey | 'approved' | null; source: SourceId }[];
  approvals: Citation[];
  articles: { article: ArticleUnderstanding; stance: StanceKind }[];
}

export function candidateFeatures(draft: CandidateDraft): CandidateFeatures {
  const approvedBy = firstOf(draft.approvals);
  const isApproved = approvedBy !== null;
  const counted = draft.trials.filter(
    ({ understood }) =>
      countsForMolecule(understood.role) && understood.countsFor.includes(draft.key),
  );
  const standing = draft.articles.filter(({ article }) => article.retraction !== 'retracted');
  const trialTerms = [
    ...trialTermsOf(
      draft.trials.map(({ understood, externalId, phase }) => ({
        evidenceId: understood.evidenceId,
        externalId,
        role: understood.role,
        phase,
        state: understood.state,
        isOwn: !countsForMolecule(understood.role) || understood.countsFor.includes(draft.key),
      })),
      isApproved,
    ),
    ...recordedTerms(draft, counted, isApproved),
  ];
  return {
    key: draft.key,
    indication: draft.indication(),
    ids: idsOf(draft),
    approved: isApproved,
    approvedBy,
    broaderThanApproved: null,
    hasRecord: counted.length > 0 || standing.length > 0,
    trialTerms,
    literature: literatureOf(standing),
    unknown: unknownOf(draft, trialTerms, standing, isApproved),
    bestPhase: bestPhaseOf(counted),
    trials: trialCounts(draft, counted),
    articles: {
      supports: standing.filter(({ stance }) => stance === 'supports').length,
      contradicts: standing.filter(({ stance }) => stance === 'contradicts').length,
      unclear: standing.filter(({ stance }) => stance === 'unclear').length,
    },
    evidenceIds: sortedUnique([
      ...draft.trials.map(({ understood }) => understood.evidenceId),
      ...draft.articles.map(({ article }) => article.evidenceId),
      ...draft.recorded.map(({ evidenceId }) => evidenceId),
      ...draft.approvals.map(({ evidenceId }) => evidenceId),
    ]),
  };
}

function idsOf({ key, efo }: CandidateDraft): CandidateFeatures['ids'] {
  if (isMeshDescriptor(key)) return { mesh: key, efo };
  return { mesh: null, efo: key.startsWith('unmapped:') ? [] : [key] };
}

/** A drug database's own statement before a label's; then by evidence id and place. */
function firstOf(citations: readonly Citation[]): Citation | null {
  const isValue = (citation: Citation) => ('value' in citation ? 0 : 1);
  const sorted = [...citations].sort(
    (a, b) =>
      isValue(a) - isValue(b) ||
      byCodeUnit(a.evidenceId, b.evidenceId) ||
      byCodeUnit(JSON.stringify(a), JSON.stringify(b)),
  );
  return sorted[0] ?? null;
}

/** A recorded phase counts only where no trial of that phase or a later one was read. */
function recordedTerms(
  draft: CandidateDraft,
  counted: readonly ReadTrial[],
  isApproved: boolean,
): TrialTerm[] {
  const rank = (phase: PhaseKey | null) => (phase === null ? -1 : PHASE_KEYS.indexOf(phase));
  const phases = draft.recorded.map(({ phase, evidenceId }) => ({
    // An approval that only a list of stages states is no recorded approval: phase 3 was reached.
    phase: phase === 'approved' ? ('phase-3' as const) : phase,
    evidenceId,
  }));
  const highest = Math.max(-1, ...phases.map(({ phase }) => rank(phase)));
  const read = Math.max(-1, ...counted.map(({ phase }) => rank(phase)));
  const key = PHASE_KEYS[highest];
  if (isApproved || key === undefined || read >= highest) return [];
  const ids = phases.filter(({ phase }) => phase === key).map(({ evidenceId }) => evidenceId);
  return [recordedTerm(key, isApproved, ids)];
}

function literatureOf(standing: CandidateDraft['articles']): CandidateFeatures['literature'] {
  const literature: CandidateFeatures['literature'] = {
    supports: {},
    contradicts: {},
    maySupport: {},
    mayContradict: {},
  };
  const add = (groups: ByLevel, level: Level | null, id: string) => {
    const name = level ?? 'unclassified';
    groups[name] = [...(groups[name] ?? []), id];
  };
  for (const { article, stance } of standing) {
    const { evidenceId: id, level, retraction } = article;
    const isSure = level !== null && (retraction === 'none' || retraction === 'corrected');
    if (stance === 'supports') {
      add(isSure ? literature.supports : literature.maySupport, level, id);
    } else if (stance === 'contradicts') {
      add(isSure ? literature.contradicts : literature.mayContradict, level, id);
    } else {
      add(literature.maySupport, level, id);
      add(literature.mayContradict, level, id);
    }
  }
  for (const groups of Object.values(literature) as ByLevel[]) {
    for (const ids of Object.values(groups)) ids.sort(byCodeUnit);
  }
  return literature;
}

function unknownOf(
  draft: CandidateDraft,
  trialTerms: readonly TrialTerm[],
  standing: CandidateDraft['articles'],
  isApproved: boolean,
): string[] {
  const counted = (count: number, what: string) => (count > 0 ? [`${what} (${count})`] : []);
  const having = (test: (entry: CandidateDraft['articles'][number]) => boolean) =>
    standing.filter(test).length;
  return [
    ...trialTerms
      .filter(({ low, high }) => low !== high)
      .map(({ name, evidenceIds }) => `${name} (${evidenceIds.length})`),
    ...counted(
      having(({ stance }) => stance === 'unclear'),
      'Articles whose direction is not told',
    ),
    ...counted(
      having(({ article }) => article.level === null),
      'Articles of unknown evidence level',
    ),
    ...counted(
      having(({ article }) => article.retraction === 'unknown'),
      'Articles not known to be free of a retraction',
    ),
    ...counted(
      having(({ article }) => article.retraction === 'concern'),
      'Articles under an expression of concern',
    ),
    ...(!isApproved && draft.recorded.some(({ phase }) => phase === 'approved')
      ? ['Open Targets lists an approval that neither ChEMBL nor a label states for this very name']
      : []),
  ];
}

function bestPhaseOf(counted: readonly ReadTrial[]): string | null {
  let best: ReadTrial | null = null;
  for (const trial of counted) {
    const { role, state } = trial.understood;
    if (trial.phaseRank === null || role === 'unclear' || state === 'not-a-trial') continue;
    if (best === null || trial.phaseRank > best.phaseRank!) best = trial;
  }
  return best?.understood.phase ?? null;
}

function trialCounts(
  draft: CandidateDraft,
  counted: readonly ReadTrial[],
): CandidateFeatures['trials'] {
  const byStatus: Record<string, number> = {};
  for (const status of draft.trials.map((trial) => trial.status).sort(byCodeUnit)) {
    byStatus[status] = (byStatus[status] ?? 0) + 1;
  }
  return {
    total: draft.trials.length,
    studied: draft.trials.filter(
      ({ understood: { role } }) => role === 'studied' || role === 'combination',
    ).length,
    byStatus,
    stopped: draft.trials.filter(({ status }) =>
      /^(?:TERMINATED|WITHDRAWN|SUSPENDED)$/.test(status),
    ).length,
    negative: counted.filter(({ understood }) => isNegative(understood.state)).length,
    withResults: draft.trials.filter(({ hasResults }) => hasResults).length,
  };
}
