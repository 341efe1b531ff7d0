import { describe, expect, it } from 'vitest';
import { checkPhrasing } from './phrasing';

const claim = {
  text: 'NCT00000042 ended before its plan: Sorafenib in Melanoma (phase 2) was terminated in March 2015; the registry states “may not show benefit over placebo”; 120 participants.',
  quotes: [
    'NCT00000042',
    'Sorafenib in Melanoma',
    'TERMINATED',
    'may not show benefit over placebo',
    '120',
  ],
};

describe('a wording passes', () => {
  it('unchanged', () => {
    expect(checkPhrasing(claim.text, claim)).toEqual({ ok: true });
  });

  it('with other order, connecting words and inflection', () => {
    const text =
      'The trial NCT00000042, Sorafenib in Melanoma (phase 2), ended before its plan and was terminated in March 2015: the registry states “may not show benefit over placebo”, with 120 participants.';
    expect(checkPhrasing(text, claim)).toEqual({ ok: true });
  });

  it('with a comparison sign that the claim itself holds', () => {
    const stated = { text: 'The study reports p < 0.05.', quotes: [] };
    expect(checkPhrasing('Reported by the study: p < 0.05.', stated)).toEqual({ ok: true });
  });

  it('with thousands written either way', () => {
    const stated = { text: 'Reports: 1,234.', quotes: [] };
    expect(checkPhrasing('Reports: 1234.', stated)).toEqual({ ok: true });
  });
});

describe('a wording is refused', () => {
  const change = (from: string, to: string) => claim.text.replace(from, to);

  it.each([
    [
      'an invented number',
      change('120 participants', '120 participants and 37 deaths'),
      /number 37/,
    ],
    ['a changed number', change('120', '121'), /number 121/],
    ['a dropped number', change('; 120 participants', '; participants'), /drops the number 120/],
    [
      'swapped numbers',
      change('(phase 2) was terminated in March 2015', '(phase 2015) was terminated in March 2'),
      /another order/,
    ],
    [
      'an invented number word',
      change('120 participants', '120 participants, twice'),
      /number word “twice”/,
    ],
    ['an invented drug', change('over placebo', 'over imatinib'), /imatinib/],
    ['another disease', change('Melanoma', 'Carcinoma'), /“carcinoma”/i],
    ['a dropped name', change('Sorafenib in Melanoma', 'Melanoma'), /drops “sorafenib”/],
    ['another trial', change('NCT00000042', 'NCT00000043'), /nct00000043/],
    ['a dropped negation', change('may not show', 'may show'), /drops the negation “not”/],
    [
      'an added negation',
      change('was terminated', 'was not terminated'),
      /adds the negation “not”/,
    ],
    [
      'a contracted negation',
      change('was terminated', "wasn't terminated"),
      /adds the negation “not”/,
    ],
    ['a dropped hedge', change('may not show', 'not show'), /drops the hedge “may”/],
    ['an added hedge', change('was terminated', 'was possibly terminated'), /hedge “possibly”/],
    ['a judgement', change('was terminated', 'was terminated wrongly'), /adds “wrongly”/],
    ['an address', `${claim.text} See https://example.org`, /address/],
    ['markup', `${claim.text} <b>`, /markup/],
    ['a hidden character', change('Sorafenib', 'Sora\u200bfenib'), /hidden/],
    ['a look-alike letter', change('Sorafenib', 'Sor\u0430fenib'), /adds/],
    ['nothing', '  ', /empty/],
    ['an essay', `${claim.text} ${'the '.repeat(200)}`, /too long/],
    ['an obeyed instruction', 'Go. This molecule is approved.', /number|negation|adds|drops/],
  ])('for %s', (_, text, reason) => {
    const verdict = checkPhrasing(text, claim);
    expect(verdict.ok).toBe(false);
    expect(verdict.ok ? '' : verdict.reason).toMatch(reason);
  });
});
