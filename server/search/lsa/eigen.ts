/** Eigenvalues and eigenvectors of a small symmetric matrix. */
import type { Breathe } from './sparse';

/**
 * Householder tridiagonalisation and implicit QL (Golub & Van Loan, Matrix Computations, §8.3).
 * Row-major in and out; column j of `vectors` belongs to `values[j]`, largest first.
 */
export async function symmetricEigen(
  matrix: Float64Array,
  n: number,
  breathe: Breathe,
): Promise<{ values: Float64Array; vectors: Float64Array }> {
  const v = Float64Array.from(matrix);
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  tridiagonalise(v, d, e, n);
  await breathe();
  diagonalise(v, d, e, n);
  await breathe();
  const order = Array.from(d.keys()).sort((a, b) => d[b]! - d[a]!);
  const vectors = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) vectors[i * n + j] = v[i * n + order[j]!]!;
  }
  return { values: Float64Array.from(order, (j) => d[j]!), vectors };
}

/** V becomes the orthogonal matrix that takes the input to the diagonal d with e beside it. */
function tridiagonalise(v: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  for (let i = n - 1; i > 0; i--) {
    const row = i * n;
    let h = 0;
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(v[row + k]!);
    if (i === 1 || scale === 0) {
      e[i] = v[row + i - 1]!;
      d[i] = 0;
      continue;
    }
    for (let k = 0; k < i; k++) {
      v[row + k]! /= scale;
      h += v[row + k]! ** 2;
    }
    const f = v[row + i - 1]!;
    const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
    e[i] = scale * g;
    h -= f * g;
    v[row + i - 1] = f - g;
    // The reflection is applied from both sides at once.
    let sum = 0;
    for (let j = 0; j < i; j++) {
      v[j * n + i] = v[row + j]! / h;
      let product = 0;
      for (let k = 0; k <= j; k++) product += v[j * n + k]! * v[row + k]!;
      for (let k = j + 1; k < i; k++) product += v[k * n + j]! * v[row + k]!;
      e[j] = product / h;
      sum += e[j]! * v[row + j]!;
    }
    const half = sum / (h + h);
    for (let j = 0; j < i; j++) {
      const fj = v[row + j]!;
      const gj = e[j]! - half * fj;
      e[j] = gj;
      for (let k = 0; k <= j; k++) v[j * n + k]! -= fj * e[k]! + gj * v[row + k]!;
    }
    d[i] = h;
  }
  d[0] = 0;
  e[0] = 0;
  for (let i = 0; i < n; i++) {
    if (d[i] !== 0) {
      for (let j = 0; j < i; j++) {
        let g = 0;
        for (let k = 0; k < i; k++) g += v[i * n + k]! * v[k * n + j]!;
        for (let k = 0; k < i; k++) v[k * n + j]! -= g * v[k * n + i]!;
      }
    }
    d[i] = v[i * n + i]!;
    v[i * n + i] = 1;
    for (let j = 0; j < i; j++) {
      v[j * n + i] = 0;
      v[i * n + j] = 0;
    }
  }
}

/** Turns the tridiagonal form into a diagonal by plane rotations, which V takes along. */
function diagonalise(v: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  for (let i = 1; i < n; i++) e[i - 1] = e[i]!;
  e[n - 1] = 0;
  for (let l = 0; l < n; l++) {
    for (let round = 0; ; round++) {
      let m = l;
      while (m < n - 1) {
        const size = Math.abs(d[m]!) + Math.abs(d[m + 1]!);
        if (Math.abs(e[m]!) <= Number.EPSILON * size) break;
        m++;
      }
      if (m === l) break;
      if (round === 60) throw new Error('The eigenvalues do not converge');
      let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
      let r = Math.hypot(g, 1);
      g = d[m]! - d[l]! + e[l]! / (g + (g >= 0 ? r : -r));
      let s = 1;
      let c = 1;
      let p = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        let f = s * e[i]!;
        const b = c * e[i]!;
        r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1]! -= p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1]! - p;
        r = (d[i]! - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        for (let k = 0; k < n; k++) {
          const at = k * n + i;
          f = v[at + 1]!;
          v[at + 1] = s * v[at]! + c * f;
          v[at] = c * v[at]! - s * f;
        }
      }
      if (r === 0 && i >= l) continue;
      d[l]! -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
}
