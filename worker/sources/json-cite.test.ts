import { describe, expect, test } from 'vitest';
import type { Json } from '@/server/evidence/schema';
import type { Snapshot } from './contract';
import { cite, jsonCursor, pointerOf } from './json-cite';

function snapshotOf(body: Json): Snapshot {
  const text = JSON.stringify(body);
  return {
    sha256: 'f'.repeat(64),
    source: 'chembl',
    status: 200,
    contentType: 'application/json',
    retrievedAt: null,
    bytes: new Uint8Array(),
    text,
    json: () => JSON.parse(text) as Json,
  };
}

describe('citing a JSON body', () => {
  const body = {
    'a/b': { 'c~d': 7, '': 'blank key' },
    list: ['x', null, ' ', 'y'],
    zero: 0,
    no: false,
    nothing: null,
  };
  const snapshot = snapshotOf(body);

  test('escapes reference tokens as RFC 6901 does', () => {
    expect(pointerOf('a/b', 'c~d')).toBe('/a~1b/c~0d');
    expect(cite(snapshot, '/a~1b/c~0d')).toEqual({
      snapshotSha256: snapshot.sha256,
      pointer: '/a~1b/c~0d',
      value: 7,
    });
    expect(cite(snapshot, '/a~1b/')?.value).toBe('blank key');
    expect(cite(snapshot, '')?.value).toEqual(body);
  });

  test('keeps zero and false, and knows null and absence apart from them', () => {
    const root = jsonCursor(snapshot);
    expect(root.at('zero').number()?.value).toBe(0);
    expect(root.at('no').boolean()?.value).toBe(false);
    expect(root.at('nothing').place()).toBeNull();
    expect(root.at('nothing', 'below').missing).toBe(true);
    expect(cite(snapshot, '/constructor')).toBeNull();
    expect(cite(snapshot, '/list/-1')).toBeNull();
    expect(cite(snapshot, '/list/00')).toBeNull();
  });

  test('cites the strings of a list by their own index', () => {
    const list = jsonCursor(snapshot).at('list');
    expect(list.strings().map((place) => [place.pointer, place.value])).toEqual([
      ['/list/0', 'x'],
      ['/list/3', 'y'],
    ]);
    expect(list.stringList()).toBeNull();
    expect(jsonCursor(snapshotOf(['p', 'q'])).stringList()?.value).toEqual(['p', 'q']);
  });
});
