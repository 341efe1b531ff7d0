import { describe, expect, it } from 'vitest';
import { diseasePhrases } from './disease-names';
import { type ArticleText, readArticle, stanceToward } from './stance';

const asthma = diseasePhrases(['Asthma']);
const stance = (article: ArticleText, isIndexed = false) => {
  const read = stanceToward(readArticle(article, ['examplinib']), asthma, isIndexed);
  const { sentence } = read;
  const text =
    sentence &&
    (sentence.section === 'title' ? article.title : article.sections[sentence.section]!.text);
  return { ...read, quote: sentence && text!.slice(sentence.start, sentence.end) };
};
const labelled = (title: string, ...sections: [string, string][]): ArticleText => ({
  title,
  sections: sections.map(([label, text]) => ({ label, text })),
});
const plain = (title: string, text: string): ArticleText => ({
  title,
  sections: [{ label: null, text }],
});

describe('a conclusion decides', () => {
  it('for', () => {
    expect(
      stance(
        labelled(
          'Examplinib in asthma',
          ['BACKGROUND', 'Examplinib failed to improve survival in cancer.'],
          ['RESULTS', 'FEV1 rose. P < 0.001 vs. placebo.'],
          [
            'CONCLUSIONS',
            'It was tolerated. Examplinib improved lung function. More work is needed.',
          ],
        ),
      ),
    ).toMatchObject({
      stance: 'supports',
      quote: 'Examplinib improved lung function.',
      sentence: { section: 2 },
    });
  });
  it('against', () => {
    expect(
      stance(
        labelled('Examplinib in asthma', ['CONCLUSION', 'Treatment did not reduce exacerbations.']),
      ),
    ).toMatchObject({ stance: 'contradicts', quote: 'Treatment did not reduce exacerbations.' });
  });
  it('without labels, by its cue or its place at the end', () => {
    const text =
      'We gave examplinib. In conclusion, examplinib is an effective treatment. The trial is registered. It was funded by a grant.';
    expect(stance(plain('Examplinib for asthma', text))).toMatchObject({
      stance: 'supports',
      quote: 'In conclusion, examplinib is an effective treatment.',
    });
  });
  it('not if it speaks both ways', () => {
    expect(
      stance(
        labelled('Examplinib in asthma', [
          'CONCLUSION',
          'Examplinib improved lung function. Examplinib did not reduce mortality.',
        ]),
      ).stance,
    ).toBe('unclear');
  });
  it('not if the primary endpoint was missed', () => {
    expect(
      stance(
        labelled(
          'Examplinib in asthma',
          ['RESULTS', 'Examplinib did not meet its primary endpoint.'],
          ['CONCLUSION', 'Examplinib is effective in a subgroup.'],
        ),
      ).stance,
    ).toBe('unclear');
  });
});

describe('what is only possible', () => {
  it('is unclear by itself', () => {
    expect(
      stance(labelled('Examplinib in asthma', ['CONCLUSION', 'Examplinib may improve outcomes.'])),
    ).toMatchObject({ stance: 'unclear', rule: 'stated as possible only' });
  });
  it('counts with a finding behind it, which is then the quote', () => {
    expect(
      stance(
        labelled(
          'Examplinib in asthma',
          ['RESULTS', 'Examplinib significantly reduced exacerbations (P = 0.01).'],
          ['CONCLUSION', 'Examplinib may be an effective treatment.'],
        ),
      ),
    ).toMatchObject({
      stance: 'supports',
      quote: 'Examplinib significantly reduced exacerbations (P = 0.01).',
    });
  });
});

describe('results without a conclusion', () => {
  it('count if tested', () => {
    const text =
      'Examplinib reduced exacerbations (HR 0.6; 95% CI 0.4-0.8). Adverse events were mild. Two patients left. The end.';
    expect(stance(plain('Examplinib and asthma', text)).stance).toBe('supports');
  });
  it('not if no test is stated', () => {
    const text =
      'Examplinib reduced exacerbations. Adverse events were mild. Two patients left. The end.';
    expect(stance(plain('Examplinib and asthma', text)).stance).toBe('unclear');
  });
});

describe('a title that states the finding', () => {
  it('counts where the abstract does not speak', () => {
    const title = 'Examplinib improves lung function in adults with asthma';
    expect(stance({ title, sections: [] })).toMatchObject({ stance: 'supports', quote: title });
  });
  it('not as a question, and not against the results', () => {
    expect(
      stance({ title: 'Does examplinib improve survival in asthma?', sections: [] }).stance,
    ).toBe('unclear');
    expect(
      stance(
        plain(
          'Examplinib improves lung function in asthma',
          'Examplinib did not improve lung function. A. B. C.',
        ),
      ).stance,
    ).toBe('unclear');
  });
});

describe('whose and what', () => {
  it('needs the molecule', () => {
    expect(
      stance(labelled('Novumab in asthma', ['CONCLUSION', 'Novumab improved lung function.']))
        .stance,
    ).toBe('unclear');
  });
  it('needs the indication in title, index or sentence', () => {
    const article = labelled('Examplinib in adults', [
      'CONCLUSION',
      'Examplinib improved lung function.',
    ]);
    expect(stance(article).stance).toBe('unclear');
    expect(stance(article, true).stance).toBe('supports');
    expect(
      stance(
        labelled('Examplinib in adults', [
          'CONCLUSION',
          'In asthma examplinib improved lung function.',
        ]),
      ).stance,
    ).toBe('supports');
  });
  it('does not take "treatment" for the molecule where the title compares', () => {
    expect(
      stance(
        labelled('Novumab versus examplinib in asthma', [
          'CONCLUSION',
          'Treatment improved lung function.',
        ]),
      ).stance,
    ).toBe('unclear');
  });
});

it('reads through tags and escapes without moving places', () => {
  const text =
    'Given <i>i.v.</i> &amp; daily. Examplinib <b>improved</b> lung function (<i>P</i> &lt; 0.01).';
  expect(stance(labelled('Examplinib in asthma', ['CONCLUSION', text]))).toMatchObject({
    stance: 'supports',
    quote: 'Examplinib <b>improved</b> lung function (<i>P</i> &lt; 0.01).',
  });
});
