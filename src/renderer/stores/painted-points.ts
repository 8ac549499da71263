/** Paintings and the sets of points that the services tell of, made into each other. */
import { mostPaintedPoints, type PaintedPoint } from '../../core/spec/index.ts'
import type { PointSet } from '../../shared/protocol.ts'
import { pointColumns } from '../charts/points.ts'
import { pointAt } from './brush.ts'

const rowsOf = (flat: readonly number[]): readonly PaintedPoint[] =>
  Array.from({ length: Math.floor(flat.length / pointColumns) }, (_, n): PaintedPoint => {
    const at = n * pointColumns
    return [flat[at] ?? 0, flat[at + 1] ?? 0, flat[at + 2] ?? 0]
  })

/** The services keep places as float32. */
const keyOf = ([x, y, label]: PaintedPoint): string => `${Math.fround(x)} ${Math.fround(y)} ${label}`

/** A painting as a surface draws it; a point that the services have not split yet counts as one to learn from. */
export function splitPainting(painting: readonly PaintedPoint[], known: PointSet | null): PointSet {
  const tests = new Set(rowsOf(known?.test ?? []).map(keyOf))
  const isTest = painting.map((point) => tests.has(keyOf(point)))
  return {
    train: painting.filter((_, n) => isTest[n] === false).flat(),
    test: painting.filter((_, n) => isTest[n] === true).flat(),
  }
}

/** Points as a painting would begin with them: moved onto the plane, and a number by its sign. */
export function asPainting({ train, test }: PointSet, isClasses: boolean): readonly PaintedPoint[] {
  return [...rowsOf(train), ...rowsOf(test)]
    .slice(0, mostPaintedPoints)
    .map(([x, y, value]) => pointAt([x, y], isClasses ? value : Number(value >= 0)))
}
