import { describe, expect, it } from 'vitest';
import { diseasePhrases, exactKey, looseKey, namesDisease } from './disease-names';
import {
  keyOfName,
  keysOfConditions,
  keysOfIndication,
  ownKeys,
  vocabularyOf,
} from './indications';

const NSCLC = { meshId: 'D002289', name: 'Carcinoma, Non-Small-Cell Lung' };
const LUNG = { meshId: 'D008175', name: 'Lung Neoplasms' };
const vocabulary = vocabularyOf(
  [{ meshId: 'D002289', efoId: 'EFO_0003060' }],
  [NSCLC, LUNG, { meshId: 'D015473', name: 'Leukemia, Promyelocytic, Acute' }],
  [],
);

describe('names', () => {
  it.each([
    ['NSCLC', 'Carcinoma, Non-Small-Cell Lung'],
    ['Non-small Cell Lung Cancer', 'Carcinoma, Non-Small-Cell Lung'],
    ['Nonsmall cell lung carcinoma', 'Carcinoma, Non-Small-Cell Lung'],
    ['Stage IV Non Small Cell Lung Cancer', 'Carcinoma, Non-Small-Cell Lung'],
    ['non-small cell lung cancer (NSCLC)', 'Carcinoma, Non-Small-Cell Lung'],
    ['Acute promyelocytic leukaemia', 'Leukemia, Promyelocytic, Acute'],
    ['Type 2 Diabetes', 'Diabetes Mellitus, Type 2'],
    ['Breast Cancer', 'Breast Neoplasms'],
    ['pulmonary arterial hypertension', 'PAH'],
  ])('%s is %s', (a, b) => {
    expect(looseKey(a)).toBe(looseKey(b));
  });
  it.each([
    ['Small cell lung cancer', 'Non-small cell lung cancer'],
    ['Type 1 Diabetes', 'Type 2 Diabetes'],
    ['Hypertension', 'Pulmonary Hypertension'],
    ['Acute myeloid leukemia', 'Chronic myeloid leukemia'],
    ['Diabetes Insipidus', 'Diabetes Mellitus'],
    ['Hepatitis B', 'Hepatitis C'],
  ])('%s is not %s', (a, b) => {
    expect(looseKey(a)).not.toBe(looseKey(b));
  });
  it('keeps exact names apart by their growth', () => {
    expect(exactKey('Carcinoma, Squamous Cell')).not.toBe(exactKey('Neoplasms, Squamous Cell'));
    expect(exactKey('LUNG NEOPLASMS')).toBe(exactKey('Lung Neoplasms'));
  });
});

describe('a text names', () => {
  const names = (text: string, ...of: string[]) => namesDisease(text, diseasePhrases(of));
  it.each<[string, string]>([
    ['Outcomes in acute promyelocytic leukaemia.', 'Leukemia, Promyelocytic, Acute'],
    ['EGFR-mutant non-small-cell lung cancer', 'Carcinoma, Non-Small-Cell Lung'],
    ['Patients with advanced NSCLC', 'Carcinoma, Non-Small-Cell Lung'],
    ['Patients with hypertension', 'Hypertension'],
  ])('%s: %s', (text, name) => {
    expect(names(text, name)).toBe(true);
  });
  it.each<[string, string]>([
    ['acute myeloid leukemia', 'Leukemia'],
    ['pulmonary arterial hypertension', 'Hypertension'],
    ['non-small cell lung cancer', 'Small Cell Lung Carcinoma'],
    ['non-small cell lung cancer', 'Lung Neoplasms'],
    ['uveal melanoma', 'Melanoma'],
    ['feline leukemia virus', 'Leukemia'],
    ['a nsclc-like spelling in lower case', 'NSCLC'],
    ['all patients', 'ALL'],
  ])('%s, not %s', (text, name) => {
    expect(names(text, name)).toBe(false);
  });
});

describe('keys', () => {
  it('are MeSH descriptors, joined to EFO only by stated pairs', () => {
    expect(keysOfIndication({ meshId: 'D002289', efoId: null, name: 'x' }, vocabulary)).toEqual([
      'D002289',
    ]);
    expect(keysOfIndication({ meshId: null, efoId: 'EFO_0003060', name: 'x' }, vocabulary)).toEqual(
      ['D002289'],
    );
  });
  it('leave an EFO term apart even when its name equals a descriptor’s', () => {
    expect(
      keysOfIndication({ meshId: null, efoId: 'EFO_0001071', name: 'Lung Neoplasms' }, vocabulary),
    ).toEqual(['EFO_0001071']);
  });
  it('join a bare name to the descriptor stated under it', () => {
    const bare = (name: string) =>
      keysOfIndication({ meshId: null, efoId: null, name }, vocabulary)[0];
    expect(bare('LUNG NEOPLASMS')).toBe('D008175');
    expect(bare('non-small cell lung cancer (NSCLC)')).toBe('D002289');
    expect(bare('lung injury')).toMatch(/^unmapped:/);
  });
  it('join conditions by name to descriptors stated in the job', () => {
    expect(keyOfName('Advanced NSCLC', vocabulary)).toBe('D002289');
    expect(keyOfName('Invented Fever', vocabulary)).toMatch(/^unmapped:/);
  });
  it('do not join where two descriptors share the name', () => {
    const doubtful = vocabularyOf(
      [],
      [
        { meshId: 'D002294', name: 'Carcinoma, Squamous Cell' },
        { meshId: 'D018307', name: 'Neoplasms, Squamous Cell' },
      ],
      [],
    );
    expect(keyOfName('Squamous cell tumour', doubtful)).toMatch(/^unmapped:/);
    expect(keyOfName('Squamous Cell Carcinoma', doubtful)).toBe('D002294');
  });
  it('come from descriptors where the registry gives them, else from the conditions', () => {
    const keys = (mesh: { id: string; term: string }[], conditions: string[]) =>
      keysOfConditions(mesh, conditions, vocabulary).map(({ key }) => key);
    expect(keys([{ id: 'D008175', term: 'Lung Neoplasms' }], ['NSCLC'])).toEqual(['D008175']);
    expect(keys([], ['NSCLC'])).toEqual(['D002289']);
    expect(keys([{ id: 'D012008', term: 'Recurrence' }], ['NSCLC, Recurrent'])).toContain(
      'D002289',
    );
    expect(keys([], ['Healthy Volunteers', 'Pharmacokinetics'])).toEqual([]);
  });
});

describe('own evidence', () => {
  const own = (...names: string[]) => ownKeys(names.map((name) => ({ key: name, name })));
  it.each<[string[], string[]]>([
    [['Leukemia', 'Leukemia, Promyelocytic, Acute'], ['Leukemia, Promyelocytic, Acute']],
    [['Lung Neoplasms', 'Carcinoma, Non-Small-Cell Lung'], ['Carcinoma, Non-Small-Cell Lung']],
    [['Neoplasms', 'Melanoma'], ['Melanoma']],
    [['Neoplasms'], ['Neoplasms']],
    [
      ['Leukemia, Lymphoid', 'Leukemia, Lymphocytic, Chronic, B-Cell'],
      ['Leukemia, Lymphocytic, Chronic, B-Cell'],
    ],
    [['Leukemia, Myeloid', 'Leukemia, Promyelocytic, Acute'], ['Leukemia, Promyelocytic, Acute']],
    [['Recurrence'], []],
    [['Recurrence', 'Neoplasms'], ['Neoplasms']],
    [
      ['Leukemia', 'Lymphoma'],
      ['Leukemia', 'Lymphoma'],
    ],
  ])('%s', (named, expected) => {
    expect(own(...named)).toEqual(expected);
  });
});
