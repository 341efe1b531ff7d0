import { describe, expect, it } from 'vitest';
import { assess } from '@/server/evidence/score';
import { about, COUGH, FEVER, trial } from '@/server/evidence/score/testing';
import { DEFAULT_WEIGHTS } from '@/server/evidence/score/weights';
import { narrowCandidates, rankCandidates, termSums } from './ranking';

const { features } = assess(
  about([
    trial({ id: 'NCT1', p: '<0.001', conditions: [FEVER] }),
    trial({ id: 'NCT2', phases: ['PHASE2'], p: '<0.001', conditions: [COUGH] }),
  ]),
);
const usual = rankCandidates(features, DEFAULT_WEIGHTS);
const names = (ranked: typeof usual) => ranked.map((r) => r.candidate.indication);

describe('rankCandidates', () => {
  it('says where a candidate usually stands when weights are moved', () => {
    expect(names(usual)).toEqual([FEVER[1], COUGH[1]]);
    const moved = rankCandidates(features, {
      ...DEFAULT_WEIGHTS,
      'phase.3': 0.2,
      'phase.2': 0.6,
    });
    expect(
      moved.map(({ key, rank, usualRank, usualLabel, candidate }) => [
        key,
        rank,
        usualRank,
        usualLabel,
        candidate.label,
      ]),
    ).toEqual([
      [COUGH[0], 1, 2, 'Investigate', 'Go'],
      [FEVER[0], 2, 1, 'Go', 'Investigate'],
    ]);
  });
});

describe('narrowCandidates', () => {
  const sources = {
    [FEVER[0]]: ['clinicaltrials', 'pubmed'],
    [COUGH[0]]: ['clinicaltrials'],
  } as const;
  const all = { search: '', labels: [], needs: [] };
  it('asks for every source that is required', () => {
    expect(
      names(narrowCandidates(usual, { ...all, needs: ['clinicaltrials'] }, sources)),
    ).toHaveLength(2);
    expect(
      names(narrowCandidates(usual, { ...all, needs: ['clinicaltrials', 'pubmed'] }, sources)),
    ).toEqual([FEVER[1]]);
  });
  it('finds names and ids, and labels', () => {
    expect(names(narrowCandidates(usual, { ...all, search: COUGH[0] }, sources))).toEqual([
      COUGH[1],
    ]);
    expect(names(narrowCandidates(usual, { ...all, labels: ['Go'] }, sources))).toEqual([FEVER[1]]);
  });
});

describe('termSums', () => {
  it('puts each contribution into its column', () => {
    expect(termSums(usual[0]!)).toEqual({ 'phase.3': { low: 0.7, high: 0.7 } });
    expect(termSums(usual[1]!)).toEqual({ 'phase.2': { low: 0.2, high: 0.2 } });
  });
});
