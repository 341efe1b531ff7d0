import { describe, expect, it } from 'vitest';
import { symmetricEigen } from './eigen';
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

describe('eigenvalues of a symmetric matrix', () => {
  it('take the matrix to a diagonal', async () => {
    const n = 12;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        matrix[i * n + j] = matrix[j * n + i] = Math.sin(i * 3 + j * j + 1);
      }
    }
    const { values, vectors } = await symmetricEigen(matrix, n, breathe);
    for (let j = 0; j < n; j++) {
      for (let i = 0; i < n; i++) {
        let product = 0;
        for (let k = 0; k < n; k++) product += matrix[i * n + k]! * vectors[k * n + j]!;
        expect(product).toBeCloseTo(values[j]! * vectors[i * n + j]!, 9);
      }
    }
    expect(Array.from(values)).toEqual(Array.from(values).toSorted((a, b) => b - a));
  });

  it('stand zeros and repetition', async () => {
    const identity = Float64Array.from({ length: 9 }, (_, i) => (i % 4 === 0 ? 2 : 0));
    expect(Array.from((await symmetricEigen(identity, 3, breathe)).values)).toEqual([2, 2, 2]);
    const none = await symmetricEigen(new Float64Array(9), 3, breathe);
    expect(Array.from(none.values)).toEqual([0, 0, 0]);
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
