/**
 * Truncated singular value decomposition by Lanczos steps on A·Aᵀ with full reorthogonalisation (Golub & Van
 * Loan, Matrix Computations, §10.1 and §10.3; for LSA Berry 1992, doi 10.1177/109434209200600103).
 */
import { tridiagonalEigen } from './eigen';
import {
  type Breathe,
  type DenseMatrix,
  dense,
  multiply,
  multiplyTransposed,
  type SparseMatrix,
  transposedTimes,
  transposedTimesDense,
} from './sparse';

/**
 * For each value sought. Texts have many directions of nearly the same strength: from an exact decomposition
 * the cosines of 20,000 pairs of SciFact's abstracts differ by .024 after two steps a value, by .001 after
 * three (root mean square); a random projection with four power iterations was no faster and left .020.
 */
const STEPS = 3;
/** Few values need some more. */
const MORE_STEPS = 30;
/** What is weaker than this share of the strongest is rounding noise of float32. */
const NEGLIGIBLE = 1e-6;

export interface RightSingular {
  /** Column j is the j-th right singular vector; `columns` of the matrix × as many as were found. */
  vectors: DenseMatrix;
  values: Float64Array;
}

/** The strongest `k` right singular vectors, or as many as the matrix has. The same matrix, the same result. */
export async function rightSingular(
  a: SparseMatrix,
  k: number,
  breathe: Breathe,
): Promise<RightSingular> {
  const steps = Math.min(a.rows, a.columns, k * STEPS + MORE_STEPS);
  const { base, diagonal, beside } = await tridiagonalise(a, steps, breathe);
  const { values: squares, vectors } = await tridiagonalEigen(diagonal, beside, breathe);
  const strong = squares.filter((square) => square > squares[0]! * NEGLIGIBLE);
  const values = strong.subarray(0, k).map(Math.sqrt);
  const turn = dense(steps, values.length);
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < values.length; j++) {
      turn.data[i * values.length + j] = vectors[j * steps + i]! / values[j]!;
    }
  }
  const left = await transposedTimesDense(base, turn, breathe);
  return { vectors: await transposedTimes(a, left, breathe), values };
}

/** Orthonormal rows Q for which Q·A·Aᵀ·Qᵀ is tridiagonal, nearly all of what is strong in A among them. */
async function tridiagonalise(
  a: SparseMatrix,
  steps: number,
  breathe: Breathe,
): Promise<{ base: DenseMatrix; diagonal: Float64Array; beside: Float64Array }> {
  const base = dense(steps, a.rows);
  const diagonal = new Float64Array(steps);
  const beside = new Float64Array(steps);
  const random = gaussian();
  const next = new Float64Array(a.rows);
  const anyDirection = (known: number) => {
    for (let i = 0; i < next.length; i++) next[i] = random();
    return orthogonalise(next, base, known, breathe);
  };
  const words = new Float64Array(a.columns);
  let largest = 0;
  let length = await anyDirection(0);
  for (let step = 0; step < steps; step++) {
    const row = base.data.subarray(step * a.rows, (step + 1) * a.rows);
    for (let i = 0; i < row.length; i++) row[i] = next[i]! / length;
    multiplyTransposed(a, row, words);
    multiply(a, words, next);
    for (let i = 0; i < row.length; i++) diagonal[step]! += row[i]! * next[i]!;
    largest = Math.max(largest, diagonal[step]!);
    length = await orthogonalise(next, base, step + 1, breathe);
    // Nothing new is to be had from where it began, but another direction may have some.
    if (length <= NEGLIGIBLE * largest) length = await anyDirection(step + 1);
    else beside[step] = length;
  }
  return { base, diagonal, beside };
}

/** Takes out of `w` what it shares with the first rows of the base; the length of what is left. */
async function orthogonalise(
  w: Float64Array,
  base: DenseMatrix,
  rows: number,
  breathe: Breathe,
): Promise<number> {
  // "Twice is enough" (Parlett, The Symmetric Eigenvalue Problem, §6.9).
  for (let sweep = 0; sweep < 2; sweep++) {
    await breathe();
    let j = 0;
    for (; j + 3 < rows; j += 4) takeOutFour(w, base, j);
    for (; j < rows; j++) takeOut(w, base, j);
  }
  let squares = 0;
  for (const x of w) squares += x * x;
  return Math.sqrt(squares);
}

function takeOut(w: Float64Array, { data, width }: DenseMatrix, row: number): void {
  const at = row * width;
  let share = 0;
  for (let i = 0; i < width; i++) share += data[at + i]! * w[i]!;
  for (let i = 0; i < width; i++) w[i]! -= share * data[at + i]!;
}

/** {@link takeOut} of four rows, which are orthogonal, in half the time: `w` is read and written once. */
function takeOutFour(w: Float64Array, { data, width }: DenseMatrix, row: number): void {
  const [a, b, c, d] = [0, 1, 2, 3].map((more) =>
    data.subarray((row + more) * width, (row + more + 1) * width),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  let [ofA, ofB, ofC, ofD] = [0, 0, 0, 0];
  for (let i = 0; i < width; i++) {
    const x = w[i]!;
    ofA += a[i]! * x;
    ofB += b[i]! * x;
    ofC += c[i]! * x;
    ofD += d[i]! * x;
  }
  for (let i = 0; i < width; i++) {
    w[i]! -= ofA * a[i]! + ofB * b[i]! + ofC * c[i]! + ofD * d[i]!;
  }
}

/** The same standard normal numbers every time (Box–Muller over the generator mulberry32). */
function gaussian(): () => number {
  let state = 1;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
