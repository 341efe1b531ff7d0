import { describe, expect, it } from 'vitest';
import { approvingSentence, isApprovedPhase } from './approved';
import { diseasePhrases } from './disease-names';

const sentence = (text: string, ...names: string[]) => {
  const place = approvingSentence(text, diseasePhrases(names));
  return place && text.slice(place.start, place.end);
};

it.each([
  [4, true],
  ['4.0', true],
  [3, false],
  [0.5, false],
  [-1, false],
  [null, false],
])('phase %s', (phase, expected) => {
  expect(isApprovedPhase(phase)).toBe(expected);
});

describe('a label approves', () => {
  it.each<[string, string]>([
    [
      'Examplin is indicated for the treatment of patients with unresectable or metastatic melanoma.',
      'Melanoma',
    ],
    ['Examplin is indicated for the treatment of erectile dysfunction.', 'Erectile Dysfunction'],
    [
      'Treatment of adult patients with metastatic non-small cell lung cancer (NSCLC).',
      'Carcinoma, Non-Small-Cell Lung',
    ],
    ['Indicated to reduce the risk of stroke.', 'Stroke'],
    [
      'Indicated in adults with moderately to severely active rheumatoid arthritis.',
      'Arthritis, Rheumatoid',
    ],
  ])('%s', (text, name) => {
    expect(sentence(text, name)).toBe(text);
  });

  it('with the sentence that says so', () => {
    expect(sentence('Limits apply. Examplin is indicated for gout. More follows.', 'Gout')).toBe(
      'Examplin is indicated for gout.',
    );
  });
});

describe('a label does not approve', () => {
  it.each<[string, string, string]>([
    ['an ancestor', 'Treatment of acute myeloid leukemia.', 'Leukemia'],
    ['an ancestor', 'Treatment of pulmonary arterial hypertension.', 'Hypertension'],
    ['an ancestor', 'Treatment of non-small cell lung cancer.', 'Lung Neoplasms'],
    ['a descendant', 'Treatment of hypertension.', 'Hypertension, Pulmonary'],
    ['what it excludes', 'Examplin is not indicated for the treatment of gout.', 'Gout'],
    ['what is not established', 'Efficacy in gout has not been established.', 'Gout'],
    ['the setting', 'Treatment of anemia due to chronic kidney disease.', 'Chronic Kidney Disease'],
    ['the setting', 'Treatment of anemia in patients with gout.', 'Gout'],
    ['another disease', 'Treatment of asthma.', 'Gout'],
  ])('%s: %s', (_what, text, name) => {
    expect(sentence(text, name)).toBeNull();
  });
});
