/** Eigenvalues and eigenvectors of a symmetric tridiagonal matrix. */
import type { Breathe } from './sparse';

/**
 * Implicit QL (Golub & Van Loan, Matrix Computations, §8.3). `beside[i]` stands between `diagonal[i]` and
 * `diagonal[i + 1]`. Row j of `vectors` belongs to `values[j]`, largest first.
 */
export async function tridiagonalEigen(
  diagonal: Float64Array,
  beside: Float64Array,
  breathe: Breathe,
): Promise<{ values: Float64Array; vectors: Float64Array }> {
  const n = diagonal.length;
  const d = Float64Array.from(diagonal);
  const e = Float64Array.from(beside);
  e[n - 1] = 0;
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let l = 0; l < n; l++) {
    await breathe();
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
        const f = s * e[i]!;
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
        rotate(v, i * n, n, c, s);
      }
      if (r === 0 && i >= l) continue;
      d[l]! -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
  const order = Array.from(d.keys()).sort((a, b) => d[b]! - d[a]!);
  const vectors = new Float64Array(n * n);
  for (const [j, from] of order.entries()) {
    vectors.set(v.subarray(from * n, (from + 1) * n), j * n);
  }
  return { values: Float64Array.from(order, (j) => d[j]!), vectors };
}

/** Turns the row that starts at `row` and the one after it in their plane. */
function rotate(v: Float64Array, row: number, n: number, c: number, s: number): void {
  for (let k = row; k < row + n; k++) {
    const f = v[k + n]!;
    v[k + n] = s * v[k]! + c * f;
    v[k] = c * v[k]! - s * f;
  }
}
