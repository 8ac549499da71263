/** Points painted by hand. */

/** Half the side of the plane: points lie within. */
export const planeReach = 6

/**
 * Most classes that can be painted: as many hues as stay apart from each other for every kind of colour vision on both
 * grounds, and as the keys 1 to 6 can be reached with one hand.
 */
export const mostPaintedClasses = 6

/** Most points that can be painted: as many as can be drawn at random. */
export const mostPaintedPoints = 10_000

/** Fewest classes from which something can be learned, and fewest outputs that the network has meanwhile. */
export const fewestPaintedClasses = 2

/** Codes of what a painting lacks before anything can be learned from it: points, a second class. */
export const paintingLacks: readonly string[] = ['DATA-009', 'DATA-010']

/** A place of the plane and the class that is there, a whole number from 0. */
export type PaintedPoint = readonly [x: number, y: number, label: number]

const prefix = 'class'

/** The name of a class among the outputs. */
export const classOutput = (label: number): string => `${prefix}${label}`

/** The class that an output of the points stands for; its place where the name says none. */
export function outputClass(name: string | undefined, place: number): number {
  const label = name?.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN
  return Number.isInteger(label) ? label : place
}

/** The classes that occur, in order; filled up with the first others to as many as a network needs outputs. */
export function paintedClasses(points: readonly PaintedPoint[]): {
  readonly occurring: readonly number[]
  readonly outputs: readonly number[]
} {
  const occurring = [...new Set(points.map(([, , label]) => label))].sort((a, b) => a - b)
  const spare = Array.from({ length: fewestPaintedClasses }, (_, n) => n).filter((label) => !occurring.includes(label))
  const missing = Math.max(0, fewestPaintedClasses - occurring.length)
  return { occurring, outputs: [...occurring, ...spare.slice(0, missing)].sort((a, b) => a - b) }
}

const keyOf = (point: PaintedPoint): string => point.join()

/** A painting with some points taken out, each once, the newest first, and others put behind the rest. */
export function repainted(
  points: readonly PaintedPoint[],
  put: readonly PaintedPoint[],
  take: readonly PaintedPoint[],
): readonly PaintedPoint[] {
  if (take.length === 0) return [...points, ...put]
  const left = new Map<string, number>()
  for (const point of take) left.set(keyOf(point), (left.get(keyOf(point)) ?? 0) + 1)
  const kept: PaintedPoint[] = []
  for (const point of points.toReversed()) {
    const count = left.get(keyOf(point)) ?? 0
    if (count > 0) left.set(keyOf(point), count - 1)
    else kept.push(point)
  }
  return [...kept.toReversed(), ...put]
}
