import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedDir, withoutShared } from '@/tests/shared';
import { skipAllFor } from '@/tests/skip';
import { classifyStopReason, STOP_CLASSES, type StopClass, speaksAgainst } from './stop-reason';
import { estimate } from './stop-reason/estimate';
import { Model } from './stop-reason/model';

const EXAMPLES: [StopClass, string[]][] = [
  [
    'Negative',
    [
      'The sponsor ended the trial for lack of efficacy.',
      'Futility at the second look at the data',
      'Too few responses in the first stage to open the second',
      'Active arm did no better: no difference from placebo at week 12',
      'It was judged unlikely that the study would show a benefit',
      'The primary endpoint was not met',
      'Benefit-risk ratio no longer favourable',
      'Ineffective treatment',
    ],
  ],
  [
    'Safety_Sideeffects',
    [
      'Three patients developed severe hepatotoxicity',
      'Closed after two treatment-related deaths',
      'Dose-limiting toxicities in the first cohort',
      'Unacceptable side effects',
      'The drug was poorly tolerated',
      'Concerns about the safety of the combination',
    ],
  ],
  [
    'Insufficient_Enrollment',
    [
      'Too slow recruitment',
      'Poor accrual over three years',
      'We were unable to enrol enough participants',
    ],
  ],
  [
    'Business_Administrative',
    ['Funding was withdrawn', 'Strategic decision of the company', 'Loss of the grant'],
  ],
  [
    'Covid19',
    ['Halted because of COVID-19', 'SARS-CoV-2 restrictions at all sites', 'Coronavirus'],
  ],
  [
    'Study_Staff_Moved',
    ['The principal investigator left the university', 'PI has relocated', 'Investigator retired'],
  ],
  [
    'Logistics_Resources',
    ['The study drug is no longer available', 'Lack of resources', 'Equipment failure'],
  ],
  [
    'Regulatory',
    [
      'FDA did not approve the protocol',
      'IRB approval expired',
      'No approval by the health authority',
    ],
  ],
  ['Ethical_Reason', ['The ethics committee refused approval', 'Rejected by the ethics committee']],
  [
    'Study_Design',
    ['The protocol is being redesigned', 'Standard of care changed', 'Change of study design'],
  ],
  [
    'Another_Study',
    ['Merged with another study', 'Replaced by NCT01234567', 'A similar study was published'],
  ],
  ['Invalid_Reason', ['Study was withdrawn', 'The trial was never started']],
  ['No_Context', ['See detailed description', 'Please refer to the brief summary']],
  [
    'Endpoint_Met',
    ['The primary endpoint was reached early', 'Interim analysis showed superiority of the drug'],
  ],
  ['Insufficient_Data', ['Insufficient data', 'Data were inconclusive']],
  ['Interim_Analysis', ['On hold pending interim data analysis', 'Data are being analysed']],
];

describe('classifyStopReason', () => {
  for (const [expected, texts] of EXAMPLES) {
    it.each(texts)(`reads ${expected}: %s`, (text) => {
      expect(classifyStopReason(text).class).toBe(expected);
    });
  }

  it.each([
    'Not due to safety concerns',
    'No safety issues',
    'This decision was not related to the safety or efficacy of the compound',
    'Portfolio decision, unrelated to safety, tolerability or efficacy',
    'Business reasons, not for lack of efficacy',
    'The trial was not stopped for safety reasons',
    'Recruitment too slow; safety was not an issue',
    'Slow accrual. No unexpected toxicity was seen.',
    'The reason is neither safety nor efficacy but a lack of money',
    'Change of strategy (no efficacy or safety concerns)',
    'The sponsor’s decision was not driven by any new safety signal',
    'Non-safety related reasons',
    'No serious adverse events occurred; the PI left',
  ])('takes a denial for what it is: %s', (text) => {
    expect(speaksAgainst(classifyStopReason(text).class)).toBe(false);
  });

  it.each([
    'Stopped early for overwhelming efficacy',
    'The study met its primary endpoint',
    'Data monitoring committee found a significant benefit in the active arm',
    'Did not meet the recruitment target',
    'The maximum tolerated dose was reached',
    'The PI died',
    'Patient safety during the COVID-19 pandemic',
  ])('does not hold against the molecule: %s', (text) => {
    expect(speaksAgainst(classifyStopReason(text).class)).toBe(false);
  });

  it.each<[StopClass, string]>([
    ['Negative', 'No safety concerns, lack of efficacy'],
    ['Negative', 'Did not show efficacy; there were no safety issues'],
    ['Negative', 'Not for safety reasons but for futility'],
    ['Negative', 'The drug was not efficacious'],
    ['Safety_Sideeffects', 'Not for lack of efficacy but because of liver toxicity'],
    ['Safety_Sideeffects', 'The drug was not safe'],
    ['Safety_Sideeffects', 'Could not be continued due to toxicity'],
  ])('finds %s beside a denial: %s', (expected, text) => {
    expect(classifyStopReason(text).class).toBe(expected);
  });

  it.each<[StopClass, string]>([
    ['Negative', 'Slow enrolment, funding ended, and the drug had no effect'],
    ['Negative', 'Company decision because of lack of efficacy'],
    ['Negative', 'Lack of efficacy in hospitalised COVID-19 patients'],
    ['Negative', 'Sponsor decision: the primary efficacy endpoint was not met'],
    ['Safety_Sideeffects', 'Sponsor decision after serious adverse events'],
    ['Safety_Sideeffects', 'FDA placed the study on hold due to safety concerns'],
    ['Safety_Sideeffects', 'Lack of accrual and unacceptable toxicity'],
  ])('lets %s win over a reason of the trade: %s', (expected, text) => {
    expect(classifyStopReason(text).class).toBe(expected);
  });

  it('names the words that decided', () => {
    const text = 'Ended in May. Lack of efficacy in both arms.';
    const { rule, span } = classifyStopReason(text);
    expect(rule).toMatch(/lack of efficacy|efficacy/);
    expect(text.slice(span!.start, span!.end)).toMatch(/efficacy/i);
  });

  it('keeps places in texts with letters that change length in lower case', () => {
    const text = 'İstanbul: İlaç. Severe hepatotoxicity';
    const { span } = classifyStopReason(text);
    expect(text.slice(span!.start, span!.end)).toMatch(/hepatotoxicity/);
  });

  it.each(['', '   ', '?!', '中止'])(
    'has a class but no place for what says nothing: "%s"',
    (text) => {
      const { class: stopClass, span } = classifyStopReason(text);
      expect(STOP_CLASSES).toContain(stopClass);
      expect(speaksAgainst(stopClass)).toBe(false);
      expect(span).toBeNull();
    },
  );

  it('comes to an end with long texts', () => {
    const text = 'no significant effect of the drug, not due to any safety or '.repeat(500);
    expect(STOP_CLASSES).toContain(classifyStopReason(text).class);
  }, 10_000);
});

describe('speaksAgainst', () => {
  it('is true of failure and harm only', () => {
    expect(STOP_CLASSES.filter(speaksAgainst)).toEqual(['Negative', 'Safety_Sideeffects']);
  });
});

interface Labelled {
  id: string;
  text: string;
  label: StopClass;
}

const shared = sharedDir();

describe('on labelled texts', () => {
  skipAllFor(withoutShared);
  const texts =
    shared === null ? [] : readLabelled(path.join(shared, 'eval/stop-reasons/reasons.tsv'));

  it('agrees with the labels it was estimated from', () => {
    const measured = measure(texts, (text) => classifyStopReason(text).class);
    expect(measured.macroF1).toBeGreaterThanOrEqual(0.75);
    expect(measured.recall('Negative')).toBeGreaterThanOrEqual(0.85);
    expect(measured.recall('Safety_Sideeffects')).toBeGreaterThanOrEqual(0.85);
  });

  it('reaches the same on a half whose labels the weights were not estimated from', () => {
    const model = new Model(estimate(texts.filter(({ id }) => isFirstHalf(id))));
    const others = texts.filter(({ id }) => !isFirstHalf(id));
    const measured = measure(others, (text) => classifyStopReason(text, model).class);
    expect(measured.macroF1).toBeGreaterThanOrEqual(0.75);
    expect(measured.recall('Negative')).toBeGreaterThanOrEqual(0.85);
    expect(measured.recall('Safety_Sideeffects')).toBeGreaterThanOrEqual(0.85);
  }, 180_000);
});

function readLabelled(file: string): Labelled[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(1).filter(Boolean);
  return lines.map((line) => {
    const [id, text, label] = line.split('\t');
    return { id: id!, text: text!, label: label as StopClass };
  });
}

function isFirstHalf(id: string): boolean {
  return createHash('sha256').update(id).digest()[0]! % 2 === 0;
}

/** Per-class figures; the mean F1 is over classes with 20 texts or more of the whole set. */
function measure(lines: Labelled[], classify: (text: string) => StopClass) {
  const said = lines.map(({ text }) => classify(text));
  const hits = (name: StopClass) =>
    lines.filter(({ label }, at) => label === name && said[at] === name).length;
  const count = (name: StopClass) => lines.filter(({ label }) => label === name).length;
  const recall = (name: StopClass) => hits(name) / count(name);
  const f1 = (name: StopClass) =>
    (2 * hits(name)) / (count(name) + said.filter((each) => each === name).length);
  const measured = STOP_CLASSES.filter((name) => name !== 'Success');
  return { recall, macroF1: measured.reduce((sum, name) => sum + f1(name), 0) / measured.length };
}
