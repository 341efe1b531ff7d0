import { describe, expect, it } from 'vitest';
import { canonicalJson, roundNumber, roundNumbers, sameJson } from './canonical';

describe('canonicalJson', () => {
  it('writes numbers, text and literals as RFC 8785, section 3.2.2 shows', () => {
    const input = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(canonicalJson(JSON.parse(input))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts names by UTF-16 code units as section 3.2.3 shows', () => {
    const input = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(input)))).toContain('One');
    expect(canonicalJson(input).match(/:"[A-Z][a-z]+/g)).toEqual([
      ':"Carriage',
      ':"One',
      ':"Control',
      ':"Latin',
      ':"Euro',
      ':"Emoji',
      ':"Hebrew',
    ]);
  });

  it('writes the numbers of appendix B alike', () => {
    expect(
      canonicalJson([
        -0, 5e-324, 1.7976931348623157e308, 9007199254740992, 295147905179352830000, 1e21,
        9.999999999999997e22,
      ]),
    ).toBe(
      '[0,5e-324,1.7976931348623157e+308,9007199254740992,295147905179352830000,1e+21,9.999999999999997e+22]',
    );
  });

  it('refuses what has no canonical form', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow();
    expect(() => canonicalJson(Number.POSITIVE_INFINITY)).toThrow();
    expect(() => canonicalJson(undefined)).toThrow();
    expect(() => canonicalJson('\ud800')).toThrow(/surrogate/);
    expect(canonicalJson('a backslash: \\ud800')).toBe(String.raw`"a backslash: \\ud800"`);
  });
});

describe('rounding', () => {
  it('keeps six places and has no negative zero', () => {
    expect(roundNumber(0.1 + 0.2)).toBe(0.3);
    expect(roundNumber(-1.23456789)).toBe(-1.234568);
    expect(Object.is(roundNumber(-1e-9), 0)).toBe(true);
    expect(roundNumber(123456789012)).toBe(123456789012);
  });

  it('reaches every number and is settled after one pass', () => {
    const once = roundNumbers({ a: [1 / 3, { b: 2 / 3 }], c: 'text', d: null });
    expect(once).toEqual({ a: [0.333333, { b: 0.666667 }], c: 'text', d: null });
    expect(roundNumbers(once)).toEqual(once);
  });
});

describe('sameJson', () => {
  it('tells apart what differs in type, member or order', () => {
    expect(sameJson({ a: [1, null], b: 'x' }, { b: 'x', a: [1, null] })).toBe(true);
    expect(sameJson(['a', 'b'], ['b', 'a'])).toBe(false);
    expect(sameJson([], {})).toBe(false);
    expect(sameJson(1, '1')).toBe(false);
    expect(sameJson(null, 0)).toBe(false);
    expect(sameJson({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameJson({ toString: 1 }, { said: 1 })).toBe(false);
  });
});
