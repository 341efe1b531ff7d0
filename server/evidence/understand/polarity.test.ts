import { describe, expect, it } from 'vitest';
import { moleculePhrases } from './molecule-names';
import { sentencePolarity } from './polarity';

const phrases = moleculePhrases(['examplinib']);
const read = (sentence: string) => sentencePolarity(sentence, phrases, true);

describe('speaks for', () => {
  it.each([
    'Examplinib significantly prolonged progression-free survival compared with placebo (HR 0.48; P<0.001).',
    'Compared with chemotherapy, examplinib improved overall survival.',
    'Examplinib was superior to carboplatin plus paclitaxel as an initial treatment.',
    'Examplinib is an effective treatment for pulmonary arterial hypertension.',
    'In conclusion, examplinib was effective and well tolerated in patients with severe disease.',
    'Examplinib was noninferior to warfarin for the prevention of stroke.',
    'Examplinib was not inferior to docetaxel with respect to overall survival.',
    'Examplinib reduced the risk of death by 30%.',
    'Examplinib not only reduced pain but also improved function.',
    'The trial met its primary end point, with examplinib improving response rates.',
    'Median survival was significantly longer with examplinib than with placebo (14.2 vs. 9.1 months).',
    'Treatment with examplinib led to durable remissions in most patients.',
    'Examplinib showed clinically meaningful antitumor activity in heavily pretreated patients.',
    'Examplinib inhibited tumor growth in a xenograft model.',
    'Examplinib attenuated pulmonary fibrosis in mice.',
    'Examplinib hydrochloride significantly decreased seizure frequency.',
    'Oral examplinib improved exercise capacity and haemodynamics.',
    'Disease progression was delayed in the examplinib group.',
    'Examplinib demonstrated efficacy superior to that of standard therapy.',
    'Examplinib should be considered as a first-line treatment for these patients.',
    'Our data support the use of examplinib in relapsed disease.',
    'Relapse rates were significantly lower in patients who received examplinib.',
    'These results show that treatment is effective in newly diagnosed disease.',
    'Although adverse events were more common, examplinib prolonged survival.',
    'Examplinib suppressed viral replication in vitro.',
    'Examplinib inhibits allergen-induced airway inflammation in mice.',
    'In vivo, tumor volumes were significantly suppressed by examplinib at three weeks (P<0.03).',
    'The addition of examplinib to radiotherapy resulted in a significant survival benefit.',
    'Examplinib, an oral kinase inhibitor, prolongs survival without increasing toxicity.',
  ])('%s', (sentence) => {
    expect(read(sentence)).toMatchObject({ polarity: 'positive', hedged: false });
  });
});

describe('speaks for, as possible only', () => {
  it.each([
    'Examplinib may be an effective treatment for this condition.',
    'Examplinib could improve outcomes in selected patients.',
    'Examplinib is a promising therapeutic option.',
    'Examplinib appears to be effective in refractory disease.',
  ])('%s', (sentence) => {
    expect(read(sentence)).toMatchObject({ polarity: 'positive', hedged: true });
  });
});

describe('speaks against', () => {
  it.each([
    'Examplinib did not improve overall survival.',
    'Examplinib failed to improve progression-free survival.',
    'There was no significant difference in overall survival between examplinib and placebo.',
    'Examplinib was ineffective in patients with advanced disease.',
    'Examplinib was not effective as monotherapy.',
    'No benefit of examplinib was observed.',
    'Examplinib did not meet its primary endpoint.',
    'The primary endpoint was not met in the examplinib arm.',
    'Examplinib had no effect on mortality.',
    'Neither response rate nor survival was improved by examplinib.',
    'Examplinib showed limited activity in this population.',
    'Examplinib lacks efficacy in unselected patients.',
    'The lack of efficacy of examplinib led to early closure of the study.',
    'The study of examplinib was stopped for futility.',
    'Examplinib is not recommended for patients with this condition.',
    'Our results do not support the use of examplinib in this setting.',
    'Examplinib was no better than placebo for the relief of pain.',
    'Survival was significantly shorter in patients treated with examplinib.',
    'Examplinib increased mortality.',
    'Overall survival did not differ significantly between the examplinib and control groups.',
    'Examplinib was unable to reduce relapse rates.',
    'Treatment did not reduce symptoms or hospitalizations.',
    'Examplinib did not significantly reduce the risk of progression.',
    'There was no evidence that examplinib improved survival.',
    'Examplinib provided no clinical benefit.',
    'Examplinib should not be used for the treatment of this disease.',
    'Examplinib was inferior to standard chemotherapy.',
    'Without improving survival, examplinib added considerable toxicity.',
  ])('%s', (sentence) => {
    expect(read(sentence).polarity).toBe('negative');
  });
});

describe('says nothing that counts', () => {
  it.each([
    ['names no treatment', 'Survival improved over the last decade.'],
    ['an aim', 'We investigated whether examplinib improves survival.'],
    ['an aim', 'The aim of this study was to assess the efficacy of examplinib.'],
    ['a question', 'Does examplinib improve survival?'],
    ['a method', 'The primary endpoint was progression-free survival with examplinib.'],
    ['a method', 'Patients were randomized to examplinib or placebo.'],
    ['comparator', 'Novumab improved survival compared with examplinib.'],
    ['comparator', 'Novumab was superior to examplinib.'],
    [
      'comparator',
      'Novumab showed efficacy superior to that of standard inhibitors (examplinib or other).',
    ],
    [
      'comparator',
      'Progression-free survival was longer with novumab than with examplinib (18.9 vs. 10.2 months).',
    ],
    ['background', 'Adding novumab to examplinib improved survival.'],
    ['background', 'The addition of novumab to examplinib prolonged progression-free survival.'],
    ['resistance', 'Novumab inhibited growth of examplinib-resistant cells.'],
    ['resistance', 'Novumab restored sensitivity to examplinib and reduced tumor growth.'],
    ['earlier line', 'Novumab is effective in patients who progressed on examplinib.'],
    [
      'safety',
      'There was no significant difference in adverse events between examplinib and placebo.',
    ],
    ['safety', 'Examplinib was well tolerated.'],
    [
      'baseline',
      'No significant differences in baseline characteristics between the examplinib groups were found.',
    ],
    ['unknown', 'The efficacy of examplinib remains unclear.'],
    ['ongoing', 'Studies are needed to determine whether examplinib improves survival.'],
    ['both ways', 'Examplinib improved response rates but did not improve overall survival.'],
    ['exposure', 'Exposure to examplinib was measured in plasma.'],
    [
      'an active comparator',
      'No significant difference in mortality was found between surgery and examplinib.',
    ],
    ['a model', 'Novumab reverses fibrosis in an examplinib model.'],
    ['a model', 'Novumab reduced the severity of examplinib sodium-induced colitis.'],
    ['too little', 'Outcomes were significantly worse with shorter duration of examplinib.'],
    ['beside', 'Knockdown suppressed tumor growth in the presence of examplinib.'],
    ['beside', 'Novumab improved response rates when combined with interferon and examplinib.'],
    ['what it causes', 'Novumab restored remission lost by cell death elicited by examplinib.'],
    ['a limit', 'Examplinib should not be used for more than three cycles.'],
    ['a level', 'The highest quartile of examplinib was associated with lower mortality.'],
    ['another part', 'Coverage mattered; examplinib was given; combinations were most effective.'],
    ['another effect', 'Examplinib had no effect on chloride secretion.'],
    ['toxicity', 'Examplinib-induced pneumonitis increased mortality.'],
  ])('%s: %s', (_why, sentence) => {
    expect(read(sentence).polarity).toBe('none');
  });
});

describe('who is spoken of', () => {
  it('needs the molecule by name unless told otherwise', () => {
    const sentence = 'Treatment improved survival.';
    expect(sentencePolarity(sentence, phrases, false).polarity).toBe('none');
    expect(sentencePolarity(sentence, phrases, true).polarity).toBe('positive');
  });

  it('takes another drug for the molecule in no case', () => {
    expect(sentencePolarity('Novumab improved survival.', phrases, true).polarity).toBe('none');
  });
});

describe('an end is reached with text made to be slow', () => {
  it.each([
    ['commas', `Examplinib showed ${', '.repeat(900)}`],
    ['hyphens', `Examplinib improved ${'a-'.repeat(900)}`],
    ['little words', `Examplinib was ${'the also very '.repeat(140)}`],
    ['negations', `Examplinib did ${'not '.repeat(450)}`],
    ['no stop', `Examplinib ${'survival '.repeat(220)}`],
    ['triggers', 'examplinib improved reduced '.repeat(70)],
    ['length', 'examplinib improved '.repeat(50_000)],
  ])(
    '%s',
    (_what, sentence) => {
      expect(() => read(sentence)).not.toThrow();
    },
    10_000,
  );
});
