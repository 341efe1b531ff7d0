import { describe, expect, it } from 'vitest';
import { Shelf } from './shelf';

/** Four directions in turn. */
const vectorOf = (chunkId: number) =>
  Float32Array.from({ length: 4 }, (_, j) => (j === chunkId % 4 ? 1 : 0));

describe('vectors in memory', () => {
  it('are found after others were let go, and those no more', () => {
    const shelf = new Shelf(4);
    const all = Array.from({ length: 40 }, (_, i) => i + 1);
    shelf.append(all.map((chunkId) => ({ chunkId, vector: vectorOf(chunkId) })));
    const left = all.filter((id) => id % 3 === 0 && id !== 39);
    shelf.keepOnly(new Set(left));
    shelf.append([{ chunkId: 41, vector: vectorOf(41) }]);
    expect(shelf.size).toBe(left.length + 1);
    for (const query of [0, 1, 2, 3]) {
      const fitting = [...left, 41].filter((id) => id % 4 === query);
      const nearest = shelf.nearest(vectorOf(query), fitting.length);
      expect(nearest.map(({ chunkId }) => chunkId)).toEqual(fitting);
      expect(nearest.every(({ cosine }) => Math.abs(cosine - 1) < 1e-6)).toBe(true);
    }
    const vectors = shelf.vectors([3, 4, 41]);
    expect(vectors.at(0)).toEqual(vectorOf(3));
    expect(vectors.at(1)).toBeNull();
    expect(vectors.cosines(vectorOf(41))).toEqual([0, null, expect.closeTo(1, 6)]);
  });
});
