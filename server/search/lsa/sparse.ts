/** Sparse and dense rows, and the products that a decomposition asks of them. */

export interface SparseMatrix {
  rows: number;
  columns: number;
  /** Row i holds the entries from `starts[i]` up to `starts[i + 1]`. */
  starts: Uint32Array;
  column: Uint32Array;
  value: Float32Array;
}

/** Row-major: row i of `width` numbers starts at `i * width`. */
export interface DenseMatrix {
  rows: number;
  width: number;
  data: Float32Array;
}

export const dense = (rows: number, width: number): DenseMatrix => ({
  rows,
  width,
  data: new Float32Array(rows * width),
});

/** Lets other work of the process run; throws where the training is to stop. */
export type Breathe = () => Promise<void>;

/** Multiplications between two breaths: some 30 ms of work. */
const BREATH = 2 ** 24;

/** y = A · x. */
export function multiply(a: SparseMatrix, x: Float64Array, y: Float64Array): void {
  const { starts, column, value } = a;
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let e = starts[i]!; e < starts[i + 1]!; e++) sum += value[e]! * x[column[e]!]!;
    y[i] = sum;
  }
}

/** y = Aᵀ · x. */
export function multiplyTransposed(a: SparseMatrix, x: Float32Array, y: Float64Array): void {
  const { starts, column, value } = a;
  y.fill(0);
  for (let i = 0; i < a.rows; i++) {
    const factor = x[i]!;
    for (let e = starts[i]!; e < starts[i + 1]!; e++) y[column[e]!]! += value[e]! * factor;
  }
}

/** Aᵀ · X. */
export async function transposedTimes(
  a: SparseMatrix,
  x: DenseMatrix,
  breathe: Breathe,
): Promise<DenseMatrix> {
  const { width } = x;
  const y = dense(a.columns, width);
  let work = 0;
  for (let i = 0; i < a.rows; i++) {
    const from = i * width;
    for (let e = a.starts[i]!; e < a.starts[i + 1]!; e++) {
      const to = a.column[e]! * width;
      const factor = a.value[e]!;
      for (let j = 0; j < width; j++) y.data[to + j]! += factor * x.data[from + j]!;
      work += width;
    }
    if (work > BREATH) {
      work = 0;
      await breathe();
    }
  }
  return y;
}

/** Mᵀ · X. */
export async function transposedTimesDense(
  m: DenseMatrix,
  x: DenseMatrix,
  breathe: Breathe,
): Promise<DenseMatrix> {
  const y = dense(m.width, x.width);
  let work = 0;
  for (let i = 0; i < m.width; i++) {
    const sum = new Float64Array(x.width);
    for (let r = 0; r < m.rows; r++) {
      const factor = m.data[r * m.width + i]!;
      const from = r * x.width;
      for (let j = 0; j < x.width; j++) sum[j]! += factor * x.data[from + j]!;
    }
    y.data.set(sum, i * x.width);
    work += m.rows * x.width;
    if (work > BREATH) {
      work = 0;
      await breathe();
    }
  }
  return y;
}
