/** How near two results are, and how near they have to be. */
import { sizeOf } from '../../core/graph/node.ts'
import type { GoldenTensor } from './file.ts'

export type BackendKind = 'reference' | 'wasm'

/**
 * Largest difference allowed, relative to the tensor's largest element.
 *
 * The files print 12 digits and the reference computes in float64 as PyTorch did: 1e-9 leaves room for another order
 * of sums. Float32 has 24 bits (6e-8); a sum of some hundred terms and a polynomial of two units in the last place lose
 * up to 8 bits of them. In a trajectory the error of each step feeds the next.
 */
export const tolerances: Readonly<Record<BackendKind, { readonly value: number; readonly trajectory: number }>> = {
  reference: { value: 1e-9, trajectory: 1e-9 },
  wasm: { value: 2e-5, trajectory: 1e-4 },
}

/** A tensor that is not what it should be, in words. */
export function difference(
  name: string,
  found: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
  expected: GoldenTensor,
  tolerance: number,
): string | null {
  if (found.shape.join() !== expected.shape.join()) {
    return `${name}: shape [${expected.shape}] expected, got [${found.shape}]`
  }
  let largest = 0
  let worst = 0
  let worstAt = 0
  for (let i = 0; i < sizeOf(expected.shape); i++) {
    const [wanted = Number.NaN, got = Number.NaN] = [expected.data[i], found.data[i]]
    largest = Math.max(largest, Math.abs(wanted))
    const gap = Object.is(wanted, got) ? 0 : Math.abs(wanted - got)
    if (!(gap <= worst)) {
      worst = gap
      worstAt = i
    }
    if (Number.isNaN(worst)) break
  }
  // Where all should be 0, the difference itself counts.
  const relative = worst / (largest === 0 ? 1 : largest)
  if (relative <= tolerance) return null
  const [wanted, got] = [expected.data[worstAt], found.data[worstAt]]
  return `${name}[${worstAt}]: ${wanted} expected, got ${got}, off by ${relative.toExponential(2)} of the largest, ${tolerance} allowed`
}
