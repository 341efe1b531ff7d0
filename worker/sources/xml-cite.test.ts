import { describe, expect, it } from 'vitest';
import { snapshotOf } from './testing';
import { xmlRoot } from './xml-cite';

const root = (text: string) => xmlRoot(snapshotOf('pubmed', text));

describe('citing XML', () => {
  it('counts in UTF-16 units and leaves surrounding blanks out', () => {
    const text = '\uFEFF<a><b>🤒</b><c>\n two &#x1F600; \n</c></a>';
    const place = root(text).first('c')?.text();
    expect(place).toMatchObject({ quote: 'two &#x1F600;', display: 'two 😀' });
    expect(text.slice(place?.start, place?.end)).toBe('two &#x1F600;');
  });

  it('cites attribute values with either quotation mark', () => {
    const text = `<a><b x="1"  label = 'A &amp; "B"' other.label="no"/></a>`;
    const place = root(text).first('b')?.attribute('label');
    expect(place).toMatchObject({ quote: 'A &amp; "B"', display: 'A & "B"' });
    expect(text.slice(place?.start, place?.end)).toBe('A &amp; "B"');
    expect(root(text).first('b')?.attribute('absent')).toBeNull();
  });

  it('reaches elements one level each, never deeper', () => {
    const a = root('<a><b><c>1</c></b><b><c>2</c><d><c>3</c></d></b></a>');
    expect(a.all('b', 'c').map((c) => c.text()?.display)).toEqual(['1', '2']);
    expect(a.first('c')).toBeNull();
  });

  it('cites a match inside the element', () => {
    const text = '<a>Winter 1998-1999</a>';
    expect(root(text).match(/\d{4}/)).toMatchObject({ start: 10, end: 14, quote: '1998' });
    expect(root(text).match(/x/)).toBeNull();
  });

  it('takes no element for text when nothing of it would show', () => {
    const a = root('<a><b/><b></b><b> <!-- x --> </b><b><i/></b></a>');
    expect(a.all('b').map((b) => b.text())).toEqual([null, null, null, null]);
  });

  it.each(['', 'text', '<a>', '<a><b></a>', '<a><b/>', '<a', '<a><b'])(
    'calls %s unreadable',
    (text) => {
      expect(() => root(text)).toThrow(expect.objectContaining({ kind: 'unreadable' }));
    },
  );
});
