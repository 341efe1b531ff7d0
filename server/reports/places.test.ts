import { describe, expect, it } from 'vitest';
import type { Place } from '@/server/evidence/schema';
import { atPointer, createBody, displayOf, pointerToken, resolve } from './places';

const SHA = 'a'.repeat(64);
const value = (pointer: string, cited: unknown) =>
  ({ snapshotSha256: SHA, pointer, value: cited }) as Place;

describe('a value in JSON', () => {
  const body = createBody(
    JSON.stringify({ 'a/b': { 'm~n': [10, { deep: [1, 2] }] }, '': 0, none: null, text: 'ok' }),
  );

  it('is found by pointer and compared deeply', () => {
    expect(resolve(value('/a~1b/m~0n/1', { deep: [1, 2] }), body)).toEqual({ ok: true });
    expect(resolve(value('/', 0), body)).toEqual({ ok: true });
    expect(resolve(value('/none', null), body)).toEqual({ ok: true });
  });

  it.each([
    ['/a~1b/m~0n/1', { deep: [2, 1] }, /not the cited one/],
    ['/a~1b/m~0n/2', 0, /nothing at/],
    ['/a~1b/m~0n/00', 10, /nothing at/],
    ['/a~1b/m~0n/-', 10, /nothing at/],
    ['/a~1b/m~0n/length', 2, /nothing at/],
    ['/constructor', null, /nothing at/],
    ['/a~2b', null, /nothing at/],
    ['text', 'ok', /nothing at/],
  ])('is refused at %s', (pointer, cited, reason) => {
    expect(resolve(value(pointer, cited), body)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(reason),
    });
  });

  it('is refused in a body that is not JSON, and found behind a byte order mark', () => {
    expect(resolve(value('', {}), createBody('<html>'))).toMatchObject({ ok: false });
    expect(resolve(value('/a', 1), createBody('\uFEFF{"a":1}'))).toEqual({ ok: true });
    expect(createBody(Buffer.from('\uFEFF{}')).text).toBe('\uFEFF{}');
  });
});

describe('words in a JSON string', () => {
  const body = createBody(JSON.stringify({ title: 'Caf\u00e9 \ud83d\ude00 trial', count: 3 }));
  const quote = (start: number, end: number, words: string, pointer = '/title') =>
    ({ snapshotSha256: SHA, pointer, start, end, quote: words }) as Place;

  it('count in UTF-16 units of the decoded string', () => {
    expect(resolve(quote(8, 13, 'trial'), body)).toEqual({ ok: true });
    expect(resolve(quote(5, 7, '\ud83d\ude00'), body)).toEqual({ ok: true });
  });

  it.each([
    [7, 12, 'trial', /not the quote/],
    [8, 14, 'trial', /ends at 13/],
    [8, 8, '', /no range/],
    [-5, 13, 'trial', /no range/],
    [8.5, 13, 'trial', /no range/],
  ])('are refused from %s to %s', (start, end, words, reason) => {
    expect(resolve(quote(start, end, words), body)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(reason),
    });
  });

  it('are refused where no string stands', () => {
    expect(resolve(quote(0, 1, '3', '/count'), body)).toMatchObject({ ok: false });
  });
});

describe('a slice of XML or text', () => {
  const xml = '<?xml version="1.0"?><a>p &lt; 0.05 in <i>E. coli</i> &#x3b1;</a>';
  const slice = (text: string, quote: string, display: string) => {
    const start = text.indexOf(quote);
    return { snapshotSha256: SHA, start, end: start + quote.length, quote, display } as Place;
  };

  it('is the raw text, shown without tags and escapes', () => {
    const quote = 'p &lt; 0.05 in <i>E. coli</i> &#x3b1;';
    expect(resolve(slice(xml, quote, 'p < 0.05 in E. coli \u03b1'), createBody(xml))).toEqual({
      ok: true,
    });
    expect(resolve(slice(xml, quote, 'p < 0.5 in E. coli \u03b1'), createBody(xml))).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/display/),
    });
  });

  it('is shown as it stands in plain text', () => {
    const text = 'ratio a<b and c>d &amp; more';
    expect(
      resolve(slice(text, 'a<b and c>d &amp;', 'a<b and c>d &amp;'), createBody(text)),
    ).toEqual({
      ok: true,
    });
  });

  it('loses comments, sections and instructions, keeps unknown escapes', () => {
    expect(displayOf('a<!-- <b> --> &amp; <![CDATA[<x> &lt;]]><?pi x?>&foo;&#0;')).toBe(
      'a & <x> &lt;&foo;&#0;',
    );
    expect(displayOf('1 < 2 > 0')).toBe('1 < 2 > 0');
    expect(displayOf('&amp;lt;')).toBe('&lt;');
  });
});

it('writes pointer tokens that are read back', () => {
  const key = '~1/a~';
  expect(atPointer({ [key]: 7 }, `/${pointerToken(key)}`)).toBe(7);
});
