/** Painted points for tests: blobs of as many classes as are asked for, and a network that tells them apart. */
import type { PaintedPoint } from '../../src/core/spec/index.ts'

/** Centres of the blobs, far enough apart that two units of tanh and a softmax part them. */
export const blobCentres = [
  [-3, -3],
  [3, -3],
  [0, 3.5],
  [-4.5, 3],
  [4.5, 3],
  [0, 0],
] as const
const golden = Math.PI * (3 - Math.sqrt(5))
const digits = 100

/** `count` points of each of the first `classes` classes, spread evenly over discs of radius 1. */
export function blobs(classes: number, count: number): readonly PaintedPoint[] {
  const rounded = (value: number): number => Math.round(value * digits) / digits
  return blobCentres.slice(0, classes).flatMap(([x, y], label) =>
    Array.from({ length: count }, (_, n): PaintedPoint => {
      const radius = Math.sqrt((n + 0.5) / count)
      return [rounded(x + radius * Math.cos(n * golden)), rounded(y + radius * Math.sin(n * golden)), label]
    }),
  )
}

/** A recipe over painted points. */
export const paintedRecipe = (points: readonly PaintedPoint[]) => ({
  format: 'paramap/1',
  name: 'painted',
  seed: 3,
  data: { source: 'points', shape: 'drawn', points, testShare: 0.2 },
  network: [{ layer: 'dense', units: 6, activation: 'tanh' }],
  training: { optimizer: { name: 'adam', learningRate: 0.03 }, batchSize: 10, stop: { epochs: 60 } },
})
