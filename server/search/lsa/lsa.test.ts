import { describe, expect, it } from 'vitest';
import { tridiagonalEigen } from './eigen';
import type { SparseMatrix } from './sparse';
import { rightSingular } from './svd';

const breathe = async () => {};

/** Rows by columns, as sparse rows. */
function sparse(rows: number[][]): SparseMatrix {
  const starts = [0];
  const column: number[] = [];
  const value: number[] = [];
  for (const row of rows) {
    row.forEach((v, j) => {
      if (v === 0) return;
      column.push(j);
      value.push(v);
    });
    starts.push(column.length);
  }
  return {
    rows: rows.length,
    columns: rows[0]!.length,
    starts: Uint32Array.from(starts),
    column: Uint32Array.from(column),
    value: Float32Array.from(value),
  };
}

describe('eigenvalues of a tridiagonal matrix', () => {
  it('take the matrix to a diagonal', async () => {
    const n = 12;
    const diagonal = Float64Array.from({ length: n }, (_, i) => Math.sin(i * 3 + 1));
    const beside = Float64Array.from({ length: n }, (_, i) => Math.cos(i * i));
    const { values, vectors } = await tridiagonalEigen(diagonal, beside, breathe);
    for (let j = 0; j < n; j++) {
      const of = (i: number) => (i < 0 || i === n ? 0 : vectors[j * n + i]!);
      for (let i = 0; i < n; i++) {
        const before = i > 0 ? beside[i - 1]! * of(i - 1) : 0;
        const product = before + diagonal[i]! * of(i) + beside[i]! * of(i + 1);
        expect(product).toBeCloseTo(values[j]! * of(i), 9);
      }
    }
    expect(Array.from(values)).toEqual(Array.from(values).toSorted((a, b) => b - a));
  });

  it('stand zeros and repetition', async () => {
    const same = new Float64Array(3).fill(2);
    const none = new Float64Array(3);
    expect(Array.from((await tridiagonalEigen(same, none, breathe)).values)).toEqual([2, 2, 2]);
    expect(Array.from((await tridiagonalEigen(none, none, breathe)).values)).toEqual([0, 0, 0]);
  });
});

describe('right singular vectors', () => {
  it('are those of a matrix made of known ones', async () => {
    // Three orthogonal right directions with strengths 6, 3 and 1, spread over rows.
    const directions = [
      [1, 1, 1, 1],
      [1, -1, 1, -1],
      [1, 1, -1, -1],
    ].map((d) => d.map((x) => x / 2));
    const rows = Array.from({ length: 40 }, (_, i) =>
      [0, 1, 2, 3].map((j) => {
        const on = i % 3;
        return [6, 3, 1][on]! * directions[on]![j]!;
      }),
    );
    const { vectors, values } = await rightSingular(sparse(rows), 2, breathe);
    expect(values[0]).toBeCloseTo(6 * Math.sqrt(14), 3);
    expect(values[1]).toBeCloseTo(3 * Math.sqrt(13), 3);
    for (const [c, direction] of directions.slice(0, 2).entries()) {
      let cosine = 0;
      for (let j = 0; j < 4; j++) cosine += vectors.data[j * 2 + c]! * direction[j]!;
      expect(Math.abs(cosine)).toBeCloseTo(1, 5);
    }
  });

  it('are those of every sparse matrix, and at right angles', async () => {
    const of = (i: number, j: number) =>
      Math.max(0, Math.sin(i * j + i ** 1.5) - 0.8) / (1 + j / 9);
    const rows = Array.from({ length: 400 }, (_, i) =>
      Array.from({ length: 300 }, (_, j) => of(i, j)),
    );
    const k = 25;
    const { vectors, values } = await rightSingular(sparse(rows), k, breathe);
    const column = (c: number) => Array.from({ length: 300 }, (_, j) => vectors.data[j * k + c]!);
    const product = (a: number[], b: number[]) => a.reduce((sum, x, j) => sum + x * b[j]!, 0);
    for (let c = 0; c < k; c++) {
      const v = column(c);
      const along = rows.map((row) => product(row, v));
      const back = v.map((_, j) => rows.reduce((sum, row, i) => sum + row[j]! * along[i]!, 0));
      for (let j = 0; j < 300; j++) expect(back[j]).toBeCloseTo(values[c]! ** 2 * v[j]!, 3);
      for (let b = 0; b <= c; b++) expect(product(v, column(b))).toBeCloseTo(b === c ? 1 : 0, 4);
    }
  });

  it('are as many as the matrix has, and the same every time', async () => {
    const twice = sparse([
      [1, 2, 0],
      [2, 4, 0],
      [0, 0, 0],
    ]);
    const first = await rightSingular(twice, 3, breathe);
    expect(first.values.length).toBe(1);
    expect(await rightSingular(twice, 3, breathe)).toEqual(first);
  });
});
