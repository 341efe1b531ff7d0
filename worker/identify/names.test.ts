import { describe, expect, test } from 'vitest';
import { chooseNames, type KnownNames, nearest, readable } from './names';

const nothing: KnownNames = {
  typed: null,
  title: null,
  preferred: null,
  parent: null,
  synonyms: [],
  usual: [],
};

describe('choosing names', () => {
  test('takes generic names, much used brands and codes, and no registry numbers', () => {
    const names = chooseNames({
      ...nothing,
      typed: 'glivec',
      title: 'Imatinib',
      preferred: 'IMATINIB',
      synonyms: [
        { name: 'Imatinib', type: 'INN' },
        { name: 'Rareimat', type: 'TRADE_NAME' },
        { name: 'Gleevec', type: 'TRADE_NAME' },
        { name: 'STI-571', type: 'RESEARCH_CODE' },
        { name: 'NSC-716051', type: 'RESEARCH_CODE' },
      ],
      usual: ['imatinib', '152459-95-5', 'Gleevec', 'STI 571', 'UNII-8A1O1M485B', 'CHEMBL941'],
    });
    expect(names).toEqual(['Imatinib', 'glivec', 'Gleevec', 'Rareimat', 'STI-571']);
  });

  test('names the parent of a salt', () => {
    const names = chooseNames({
      ...nothing,
      title: 'Imatinib mesylate',
      parent: 'IMATINIB',
    });
    expect(names).toEqual(['Imatinib mesylate', 'Imatinib']);
  });

  test('leaves out what is ambiguous, systematic, foreign or the same word again', () => {
    const names = chooseNames({
      ...nothing,
      title: 'Dopamine',
      usual: [
        'dopamine',
        'DA',
        'Dopaminum',
        'dopamine base',
        '3-hydroxytyramine',
        '4-(2-Aminoethyl)benzene-1,2-diol',
        'Oxytyramine',
        'dopaminé',
        'DTXSID6022420',
        'VYFYYTLLBUKUHU-UHFFFAOYSA-N',
        'Intropin',
        'Hydroxytyramin',
        'Revimine',
      ],
    });
    expect(names).toEqual(['Dopamine', 'Oxytyramine', 'Intropin', 'Hydroxytyramin']);
  });

  test('never more than six', () => {
    const usual = ['Alphanol', 'Betanol', 'Gammanol', 'Deltanol'];
    const trade = ['Onebrand', 'Twobrand', 'Tribrand'].map((name) => ({
      name,
      type: 'TRADE_NAME',
    }));
    const names = chooseNames({ ...nothing, title: 'Zetanol', synonyms: trade, usual });
    expect(names).toEqual(['Zetanol', 'Onebrand', 'Twobrand', 'Alphanol', 'Betanol', 'Gammanol']);
  });

  test('has none when nothing is known', () => {
    expect(chooseNames(nothing)).toEqual([]);
  });
});

test('capitals become readable, codes stay', () => {
  expect(readable('GEFITINIB')).toBe('Gefitinib');
  expect(readable('SB-203580')).toBe('SB-203580');
  expect(readable('DMSO')).toBe('DMSO');
  expect(readable(null)).toBeNull();
});

test('near names come nearest first, far ones not at all', () => {
  const known = ['GEFTINAB', 'GEFITINIB', 'Gefitinib', 'ERLOTINIB', 'ASPIRIN'];
  expect(nearest('gefitnib', known)).toEqual(['Gefitinib', 'Geftinab']);
  expect(nearest('xyzzyplugh', known)).toEqual([]);
});
