import { describe, expect, it } from 'vitest';
import { isoDate } from './dates';
import { searchNames } from './names';
import { subjectNamed } from './testing';

describe('searchNames', () => {
  it('keeps the order, drops repetitions and what would break out of quotation marks', () => {
    expect(
      searchNames(subjectNamed('Aspirin', 'ASPIRIN', 'acetyl "salicylic" acid', 'a\u0000b\n[c]')),
    ).toEqual(['Aspirin', 'acetyl salicylic acid', 'a b c']);
  });

  it('leaves out names without letters, systematic names, and those beyond the twelfth', () => {
    const many = Array.from({ length: 20 }, (_, i) => `name ${i}`);
    expect(searchNames(subjectNamed('--', 'x'.repeat(81), ...many))).toEqual(many.slice(0, 12));
  });
});

describe('isoDate', () => {
  it.each([
    ['2020', '2020'],
    ['2020-02', '2020-02'],
    ['2020-02-29', '2020-02-29'],
    ['20200229', '2020-02-29'],
    ['2020-13', null],
    ['May 2020', null],
    ['', null],
    [null, null],
  ])('makes %s into %s', (written, iso) => {
    expect(isoDate(written)).toBe(iso);
  });
});
