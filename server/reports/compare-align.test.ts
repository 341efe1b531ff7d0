import { describe, expect, it } from 'vitest';
import { alignByName, alignCandidates } from './compare-align';
import type { Candidate, Label } from './schema';

function candidate(
  indication: string,
  {
    mesh = null,
    efo = [],
    label = 'Investigate',
    high = 0.5,
  }: {
    mesh?: string | null;
    efo?: string[];
    label?: Label | null;
    high?: number;
  } = {},
): Candidate {
  return {
    indication,
    ids: { mesh, efo },
    label,
    labelReason: '',
    support: { low: 0, high },
    against: { low: 0, high: 0 },
    interval: { low: 0, high },
    terms: [],
    unknown: [],
    flips: [],
    bestPhase: null,
    approved: label === null,
    trials: { total: 0, studied: 0, byStatus: {}, stopped: 0, negative: 0, withResults: 0 },
    articles: { supports: 0, contradicts: 0, unclear: 0 },
    evidenceIds: [],
  };
}
const grid = (columns: Candidate[][]) =>
  alignCandidates(columns).map(({ key, cells }) => [
    key,
    ...cells.map((c) => c?.indication ?? null),
  ]);

describe('alignCandidates', () => {
  it('joins by descriptor whatever the names, shared ones first', () => {
    expect(
      grid([
        [candidate('Gout', { mesh: 'D1', label: 'Go' }), candidate('Asthma', { mesh: 'D2' })],
        [candidate('Asthma, bronchial', { mesh: 'D2' })],
      ]),
    ).toEqual([
      ['D2', 'Asthma', 'Asthma, bronchial'],
      ['D1', 'Gout', null],
    ]);
  });

  it('joins what has no descriptor by an id that a descriptor was stated for, in any order', () => {
    const bare = candidate('asthma', { efo: ['MONDO_1'] });
    const named = candidate('Asthma', { mesh: 'D2', efo: ['MONDO_1'] });
    expect(grid([[bare], [named]])).toEqual([['D2', 'asthma', 'Asthma']]);
    expect(grid([[named], [bare]])).toEqual([['D2', 'Asthma', 'asthma']]);
  });

  it('keeps two candidates of one molecule apart', () => {
    const rows = grid([
      [
        candidate('Asthma', { mesh: 'D2', efo: ['MONDO_1'] }),
        candidate('asthma', { efo: ['MONDO_1'] }),
      ],
      [],
    ]);
    expect(rows).toHaveLength(2);
  });

  it('joins what no vocabulary names by name alone, and never a name with a descriptor', () => {
    expect(
      grid([
        [candidate('Odd ache')],
        [candidate('odd ache ')],
        [candidate('Odd ache', { mesh: 'D9' })],
      ]),
    ).toEqual([
      ['name:odd ache', 'Odd ache', 'odd ache ', null],
      ['D9', null, null, 'Odd ache'],
    ]);
  });

  it('orders by label and reach, approved uses first', () => {
    const keys = alignCandidates([
      [
        candidate('a', { label: 'No-Go' }),
        candidate('b', { label: 'Go', high: 0.5 }),
        candidate('c', { label: 'Go', high: 0.9 }),
        candidate('d', { label: null }),
      ],
    ]).map(({ indication }) => indication);
    expect(keys).toEqual(['d', 'c', 'b', 'a']);
  });
});

describe('alignByName', () => {
  it('puts what is shared first and keeps several of one molecule together', () => {
    const rows = alignByName(
      [
        [
          { target: 'EGFR', n: 1 },
          { target: 'KIT', n: 2 },
        ],
        [
          { target: 'egfr', n: 3 },
          { target: 'EGFR', n: 4 },
        ],
      ],
      ({ target }) => target,
    );
    expect(rows.map(({ name, cells }) => [name, cells.map((c) => c.map(({ n }) => n))])).toEqual([
      ['EGFR', [[1], [3, 4]]],
      ['KIT', [[2], []]],
    ]);
  });
});
