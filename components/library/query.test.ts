import { describe, expect, it } from 'vitest';
import { addressOf, isNarrowed, queryOf } from './query';

const parse = (address: string) =>
  queryOf(Object.fromEntries(new URLSearchParams(address.split('?')[1] ?? '')));

describe('the address of the library', () => {
  it('says what it is narrowed to, and nothing that holds anyway', () => {
    const query = queryOf({
      q: ' iron ',
      status: ['ready', 'partial'],
      tags: encodeURIComponent('to read, soon'),
      from: '1999',
      bin: '1',
      sort: 'year',
      page: '3',
    });
    expect(query).toMatchObject({ q: 'iron', tags: ['to read, soon'], years: [1999, null] });
    expect(parse(addressOf(query))).toEqual(query);
    expect(addressOf(queryOf({}))).toBe('/papers');
  });

  it('takes nonsense for nothing', () => {
    const query = queryOf({ status: 'odd', from: 'x', sort: 'size', page: '-4', tags: '%E0%A4' });
    expect(query).toMatchObject({ status: [], years: [null, null], sort: 'added', page: 1 });
    expect(isNarrowed(queryOf({ page: '2' }))).toBe(false);
  });
});
