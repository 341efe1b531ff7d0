import { describe, expect, it } from 'vitest';
import { searchable } from './words';

const words = (text: string) =>
  searchable(text)
    .trim()
    .split(/[\s,;]+/);

describe('text as it is searched', () => {
  it.each([
    ['TNF-α', 'TNF-alpha'],
    ['IL‑1β', 'IL-1 β'],
    ['Alzheimer’s disease', "Alzheimer's disease"],
    ['Sjögren', 'Sjogren'],
    ['5 µg', '5 ug'],
    ['receptor.cd3', 'receptor CD3'],
    ['E.coli', 'E coli'],
    ['pre-clinical', 'pre clinical'],
    ['long non-coding RNAs, mRNAs and TLR4s', 'RNA mRNA TLR4'],
  ])('finds %s by %s', (written, asked) => {
    const plain = (text: string) => words(text).map((w) => w.replace(/^-|-$/g, ''));
    expect(plain(written)).toEqual(expect.arrayContaining(plain(asked).filter((w) => w !== '')));
  });

  it('keeps a name with its number both ways, and numbers as they are', () => {
    expect(words('IL-10')).toEqual(['il', 'il10']);
    expect(words('between 0.7 and 1990-2015')).toEqual(['between', '0.7', 'and', '1990', '2015']);
    expect(words('CD8+ T cells')).toEqual(['cd8+', 't', 'cells']);
    expect(words('the 1990s, its BAs, DOSE')).toEqual(['the', '1990s', 'its', 'ba', 'dose']);
  });

  it('leaves Greek words and what PostgreSQL cannot take out of it', () => {
    expect(words('λόγος')).toEqual(['λογος']);
    expect(searchable('a\u0000b\ud800c')).toBe('a b c');
  });
});
