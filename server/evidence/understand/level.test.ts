import { describe, expect, it } from 'vitest';
import { type ArticleDesign, articleLevel, type TrialDesign, trialLevel } from './level';

const article = (given: Partial<ArticleDesign>, isRetracted = false) =>
  articleLevel(
    { publicationTypes: ['Journal Article'], mesh: [], title: 'A title', abstract: '', ...given },
    isRetracted,
  ).level;

describe('articles', () => {
  it.each<[string, Partial<ArticleDesign>, string | null]>([
    [
      'meta-analysis of trials',
      { publicationTypes: ['Meta-Analysis'], abstract: 'We pooled randomized trials.' },
      'L1',
    ],
    [
      'meta-analysis of cohorts',
      { publicationTypes: ['Meta-Analysis'], abstract: 'Cohort studies were pooled.' },
      'L3',
    ],
    ['meta-analysis of what is not told', { publicationTypes: ['Meta-Analysis'] }, null],
    [
      'phase 3 by type',
      { publicationTypes: ['Clinical Trial, Phase III', 'Randomized Controlled Trial'] },
      'L1',
    ],
    ['phase 3 by title', { title: 'Examplinib in asthma: a randomised phase 3 trial' }, 'L1'],
    [
      'phase 3 in its own abstract',
      { abstract: 'In this randomized phase III trial patients received examplinib.' },
      'L1',
    ],
    [
      'another trial’s phase 3',
      { abstract: 'A phase III trial is warranted. Patients were treated.' },
      null,
    ],
    [
      'controlled phase 2',
      { publicationTypes: ['Clinical Trial, Phase II', 'Randomized Controlled Trial'] },
      'L2',
    ],
    ['phase 2/3 takes the lower', { title: 'A randomized phase 2/3 trial of examplinib' }, 'L2'],
    ['uncontrolled phase 2', { publicationTypes: ['Clinical Trial, Phase II'] }, 'L3'],
    ['randomised, phase not told', { publicationTypes: ['Randomized Controlled Trial'] }, 'L2'],
    ['phase 1', { publicationTypes: ['Clinical Trial, Phase I'] }, 'L3'],
    ['case report', { publicationTypes: ['Case Reports'] }, 'L3'],
    [
      'observational',
      { mesh: ['Humans', 'Retrospective Studies'], abstract: 'We followed patients.' },
      'L3',
    ],
    ['in vivo', { mesh: ['Animals', 'Mice'] }, 'L4'],
    [
      'randomised mice are no trial',
      { abstract: 'Mice were randomized to examplinib or vehicle.' },
      'L4',
    ],
    ['in vitro', { mesh: ['Humans', 'Cell Line, Tumor'], abstract: 'The IC50 was 3 nM.' }, 'L5'],
    ['both: the stronger', { mesh: ['Cell Line, Tumor', 'Mice'] }, 'L4'],
    ['computed', { abstract: 'Molecular docking predicts binding.' }, 'L6'],
    ['review', { publicationTypes: ['Review'], abstract: 'Randomized trials in patients.' }, null],
    ['editorial', { publicationTypes: ['Editorial', 'Comment'] }, null],
    ['protocol', { title: 'Examplinib in asthma: protocol for a randomised phase 3 trial' }, null],
    ['retraction notice', { publicationTypes: ['Retraction of Publication'] }, null],
    ['not told', {}, null],
  ])('%s', (_what, given, expected) => {
    expect(article(given)).toBe(expected);
  });

  it('have no level once retracted', () => {
    expect(article({ publicationTypes: ['Clinical Trial, Phase III'] }, true)).toBeNull();
  });
});

describe('trials', () => {
  const trial = (given: Partial<TrialDesign>) =>
    trialLevel({
      studyType: 'INTERVENTIONAL',
      phase: 'phase-2',
      status: 'COMPLETED',
      hasResults: false,
      allocation: 'RANDOMIZED',
      armTypes: [],
      ...given,
    }).level;
  it.each<[string, Partial<TrialDesign>, string | null]>([
    ['phase 3 with results', { phase: 'phase-3', hasResults: true }, 'L1'],
    ['phase 3 without', { phase: 'phase-3' }, 'L2'],
    ['controlled phase 2', {}, 'L2'],
    ['uncontrolled phase 2', { allocation: 'NA', armTypes: ['EXPERIMENTAL'] }, 'L3'],
    ['phase 1', { phase: 'phase-1' }, 'L3'],
    ['observational', { studyType: 'OBSERVATIONAL', phase: null }, 'L3'],
    ['no phase', { phase: null }, null],
    ['nobody enrolled', { status: 'WITHDRAWN', phase: 'phase-3' }, null],
  ])('%s', (_what, given, expected) => {
    expect(trial(given)).toBe(expected);
  });
});
