import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { BLOCK, Codes, DOTS } from './codes';

describe('the program for dot products', () => {
  it('is its source, assembled', async () => {
    const { parseWat } = await wabt();
    const source = readFileSync(new URL('dots.wat', import.meta.url), 'utf8');
    const { buffer } = parseWat('dots.wat', source, { simd: true }).toBinary({});
    expect(DOTS).toBe(Buffer.from(buffer).toString('base64'));
  });

  it.each([1, 16, 200])('multiplies rows of %i numbers as one would by hand', (dims) => {
    const codes = new Codes(dims);
    const number = (row: number, j: number) => ((row * 37 + j * 101) % 255) - 127;
    const rows = Array.from({ length: 3 * BLOCK + 5 }, (_, row) =>
      Array.from({ length: dims }, (_, j) => number(row, j)),
    );
    codes.query().set(rows[1]!);
    for (const row of rows) codes.add().set(row);
    const products: number[] = [];
    for (let from = 0; from < codes.size; from += BLOCK) products.push(...codes.products(from));
    expect(products).toEqual(
      rows.map((row) => row.reduce((sum, x, j) => sum + x * rows[1]![j]!, 0)),
    );
    expect(Array.from(codes.row(BLOCK))).toEqual(rows[BLOCK]);
  });

  it('stands the greatest numbers', () => {
    const codes = new Codes(4_096);
    codes.query().fill(-127);
    codes.add().fill(-127);
    expect(Array.from(codes.products(0))).toEqual([127 * 127 * 4_096]);
  });
});
