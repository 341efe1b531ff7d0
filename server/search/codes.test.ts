import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { BLOCK, Codes, DOTS } from './codes';
import { dot } from './vector';

describe('the program for dot products', () => {
  it('is its source, assembled', async () => {
    const { parseWat } = await wabt();
    const source = readFileSync(new URL('dots.wat', import.meta.url), 'utf8');
    const { buffer } = parseWat('dots.wat', source, { simd: true }).toBinary({});
    expect(DOTS).toBe(Buffer.from(buffer).toString('base64'));
  });

  it.each([1, 16, 200])('multiplies vectors of %i numbers as one would by hand', (dims) => {
    const codes = new Codes(dims);
    // Their greatest number is 127, so that none is rounded.
    const number = (row: number, j: number) => (j > 0 ? ((row * 37 + j * 101) % 255) - 127 : 127);
    const vectors = Array.from({ length: 3 * BLOCK }, (_, row) =>
      Float32Array.from({ length: dims }, (_, j) => number(row, j)),
    );
    for (const vector of vectors) codes.add(vector);
    const query = vectors[1]!;
    const products = codes.productsWith(query);
    for (let from = 0; from < codes.size; from += BLOCK) {
      expect(Array.from(products(from, BLOCK))).toEqual(
        vectors.slice(from, from + BLOCK).map((vector) => dot(vector, query)),
      );
    }
    expect(codes.vector(BLOCK)).toEqual(vectors[BLOCK]);
    codes.remove(5);
    expect(codes.size).toBe(3 * BLOCK - 1);
    expect(codes.vector(5)).toEqual(vectors.at(-1));
    expect(products(5, 1)[0]).toBe(dot(vectors.at(-1)!, query));
  });

  it('stands the greatest numbers, and a vector of zeros', () => {
    const codes = new Codes(4_096);
    codes.add(new Float32Array(4_096).fill(-127));
    codes.add(new Float32Array(4_096));
    const products = codes.productsWith(codes.vector(0));
    expect(Array.from(products(0, 2))).toEqual([127 * 127 * 4_096, 0]);
  });
});
