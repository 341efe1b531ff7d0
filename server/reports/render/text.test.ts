import { describe, expect, it } from 'vitest';
import { figure, httpsUrl, instant, range, sentence, slug, visible } from './text';

describe('visible', () => {
  it('names what does not show or would reorder the words around it', () => {
    expect(visible('a\u202Eb\u0000c\u2066d\uD800e')).toBe('a[U+202E]b[U+0000]c[U+2066]d[U+D800]e');
  });

  it('leaves letters of every script, and puts lines into one', () => {
    expect(visible('αβ 漢字 עברית\n\tCO₂ 𝛼')).toBe('αβ 漢字 עברית CO₂ 𝛼');
  });
});

describe('httpsUrl', () => {
  it.each([
    'javascript:alert(1)',
    'http://example.org/',
    'data:text/html,x',
    '//example.org',
    'https://user:word@example.org/',
    'not an address',
    '',
  ])('gives no address for %s', (address) => {
    expect(httpsUrl(address)).toBeNull();
  });

  it('escapes what an attribute could end at', () => {
    expect(httpsUrl('https://example.org/"><b>')).toBe('https://example.org/%22%3E%3Cb%3E');
  });
});

it('writes figures, ranges, times and reasons', () => {
  expect(figure(-0.456)).toBe('−0.46');
  expect(figure(-0.001)).toBe('0.00');
  expect(range({ low: 0.2, high: 0.2 })).toBe('0.20');
  expect(range({ low: -0.2, high: 0.5 }, 1)).toBe('−0.2 to 0.5');
  expect(instant('2026-03-04T09:07:31.000Z')).toBe('4 Mar 2026, 09:07:31 UTC');
  expect(instant('yesterday')).toBe('yesterday');
  expect(sentence('no trial counts')).toBe('No trial counts.');
  expect(slug('a b')).not.toBe(slug('a-b'));
});
