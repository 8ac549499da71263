/** Random orthogonal matrices. */
import type { Stream } from '../data/random.ts'

/**
 * A matrix [rows, columns] whose rows (or columns, whichever are fewer) are perpendicular and of length 1, row-major
 * (Saxe, McClelland and Ganguli 2014, section 3.1).
 *
 * Normal numbers are drawn and made perpendicular by Gram and Schmidt's method in float64, each vector twice, because
 * once leaves what rounding lost. A vector of which nothing is left is drawn anew.
 */
export function orthogonal(stream: Stream, rows: number, columns: number): Float64Array {
  const length = Math.max(rows, columns)
  const vectors: Float64Array[] = []
  while (vectors.length < Math.min(rows, columns)) {
    const vector = Float64Array.from({ length }, () => stream.normal())
    const drawn = lengthOf(vector)
    for (const _ of [1, 2]) for (const other of vectors) takeAway(vector, other)
    const left = lengthOf(vector)
    if (left > drawn * smallestRest) vectors.push(vector.map((value) => value / left))
  }
  const matrix = new Float64Array(rows * columns)
  vectors.forEach((vector, index) => {
    vector.forEach((value, i) => {
      matrix[rows <= columns ? index * columns + i : i * columns + index] = value
    })
  })
  return matrix
}

/** Share of a drawn vector below which what is left is rounding. */
const smallestRest = 1e-8

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += (a[i] ?? 0) * (b[i] ?? 0)
  return total
}

const lengthOf = (vector: Float64Array): number => Math.sqrt(dot(vector, vector))

/** Subtracts from a vector its part along another of length 1. */
function takeAway(vector: Float64Array, along: Float64Array): void {
  const share = dot(vector, along)
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) - share * (along[i] ?? 0)
}
