import { describe, expect, it } from 'vitest';
import { assess } from '.';
import { about, article, FEVER, indication, trial } from './testing';

function fever(evidence: Parameters<typeof about>[0]) {
  const { candidates } = assess(about(evidence));
  return candidates.find(({ ids }) => ids.mesh === FEVER[0])!;
}

describe('literature', () => {
  const READ = trial({ id: 'NCT1', phases: ['PHASE1'], status: 'WITHDRAWN' });
  const literature = (...articles: Parameters<typeof article>[0][]) =>
    fever([READ, ...articles.map(article)]);
  it('adds its best level, never a head count', () => {
    expect(literature({ id: '1', says: 'for', level: 'L2' }).support).toEqual({
      low: 0.12,
      high: 0.12,
    });
    expect(
      literature(
        { id: '1', says: 'for', level: 'L2' },
        { id: '2', says: 'for', level: 'L2' },
        { id: '3', says: 'for', level: 'L3' },
      ).support,
    ).toEqual({ low: 0.12, high: 0.12 });
  });
  it('keeps for and against apart', () => {
    expect(
      literature({ id: '1', says: 'for', level: 'L2' }, { id: '2', says: 'against', level: 'L1' }),
    ).toMatchObject({
      support: { low: 0.12, high: 0.12 },
      against: { low: 0.25, high: 0.25 },
      articles: { supports: 1, contradicts: 1, unclear: 0 },
    });
  });
  it('of unread direction widens up to its level', () => {
    expect(literature({ id: '1', level: 'L2' }).interval).toEqual({ low: -0.12, high: 0.12 });
    expect(
      literature({ id: '1', level: 'L2' }, { id: '2', says: 'for', level: 'L1' }).interval,
    ).toEqual({ low: 0.13, high: 0.25 });
  });
  it('of unknown level, under a concern or of unknown standing may count', () => {
    expect(literature({ id: '1', says: 'for', level: null }).support).toEqual({
      low: 0,
      high: 0.03,
    });
    expect(
      literature({ id: '1', says: 'for', notices: ['ExpressionOfConcernIn'] }).support,
    ).toEqual({ low: 0, high: 0.25 });
    expect(literature({ id: '1', says: 'for', notices: null }).support).toEqual({
      low: 0,
      high: 0.25,
    });
    expect(literature({ id: '1', says: 'for', notices: ['ErratumIn'] }).support).toEqual({
      low: 0.25,
      high: 0.25,
    });
  });
  it('counts for nothing once retracted, and stays visible', () => {
    const found = literature({ id: '1', says: 'for', notices: ['RetractionIn'] });
    expect(found).toMatchObject({
      interval: { low: 0, high: 0 },
      articles: { supports: 0, contradicts: 0, unclear: 0 },
    });
    expect(found.evidenceIds).toContain('article-1');
    const { understanding } = assess(
      about([READ, article({ id: '1', says: 'for', notices: ['RetractionIn'] })]),
    );
    expect(understanding[0]).toMatchObject({
      kind: 'article',
      retraction: 'retracted',
      level: null,
    });
  });
  it('of another molecule counts for nothing', () => {
    expect(literature({ id: '1', says: 'for', molecule: 'Novumab' }).evidenceIds).toEqual([
      'trial-NCT1',
    ]);
  });
  it('makes a record by itself for an indication that is known', () => {
    const found = fever([
      indication('a', 2, { mesh: FEVER }),
      article({ id: '1', says: 'for', level: 'L1' }),
    ]);
    expect(found.label).toBe('Investigate');
  });
  it('carries the sentence that shows the stance', () => {
    const { understanding } = assess(about([READ, article({ id: '1', says: 'against' })]));
    expect(understanding[0]).toMatchObject({
      kind: 'article',
      level: 'L1',
      stances: [
        { candidate: FEVER[0], stance: 'contradicts', sentence: { section: 0, start: 0, end: 44 } },
      ],
    });
  });
});
