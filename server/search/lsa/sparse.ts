/** Sparse rows and the two products that a randomised SVD asks of them. */

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

/** A · X. */
export async function times(
  a: SparseMatrix,
  x: DenseMatrix,
  breathe: Breathe,
): Promise<DenseMatrix> {
  const { width } = x;
  const y = dense(a.rows, width);
  let work = 0;
  for (let i = 0; i < a.rows; i++) {
    const to = i * width;
    for (let e = a.starts[i]!; e < a.starts[i + 1]!; e++) {
      addScaled(y.data, to, x.data, a.column[e]! * width, a.value[e]!, width);
      work += width;
    }
    if (work > BREATH) {
      work = 0;
      await breathe();
    }
  }
  return y;
}

/** Aᵀ · Q. */
export async function transposedTimes(
  a: SparseMatrix,
  q: DenseMatrix,
  breathe: Breathe,
): Promise<DenseMatrix> {
  const { width } = q;
  const z = dense(a.columns, width);
  let work = 0;
  for (let i = 0; i < a.rows; i++) {
    const from = i * width;
    for (let e = a.starts[i]!; e < a.starts[i + 1]!; e++) {
      addScaled(z.data, a.column[e]! * width, q.data, from, a.value[e]!, width);
      work += width;
    }
    if (work > BREATH) {
      work = 0;
      await breathe();
    }
  }
  return z;
}

function addScaled(
  to: Float32Array,
  toStart: number,
  from: Float32Array,
  fromStart: number,
  factor: number,
  width: number,
): void {
  for (let j = 0; j < width; j++) to[toStart + j]! += factor * from[fromStart + j]!;
}

/** MᵀM, `width` × `width`. */
export async function gram(m: DenseMatrix, breathe: Breathe): Promise<Float64Array> {
  const { width, data } = m;
  const g = new Float64Array(width * width);
  let work = 0;
  for (let i = 0; i < m.rows; i++) {
    const row = data.subarray(i * width, (i + 1) * width);
    for (let a = 0; a < width; a++) {
      const va = row[a]!;
      if (va === 0) continue;
      const to = a * width;
      for (let b = a; b < width; b++) g[to + b]! += va * row[b]!;
    }
    work += (width * width) / 2;
    if (work > BREATH) {
      work = 0;
      await breathe();
    }
  }
  for (let a = 0; a < width; a++) {
    for (let b = 0; b < a; b++) g[a * width + b] = g[b * width + a]!;
  }
  return g;
}

/** M · T for a small square-ish T (`m.width` × `columns`, row-major). */
export async function timesSmall(
  m: DenseMatrix,
  t: Float64Array,
  columns: number,
  breathe: Breathe,
): Promise<DenseMatrix> {
  const out = dense(m.rows, columns);
  const small = Float32Array.from(t);
  let work = 0;
  for (let i = 0; i < m.rows; i++) {
    for (let a = 0; a < m.width; a++) {
      addScaled(out.data, i * columns, small, a * columns, m.data[i * m.width + a]!, columns);
    }
    work += m.width * columns;
    if (work > BREATH) {
      work = 0;
      await breathe();
    }
  }
  return out;
}
