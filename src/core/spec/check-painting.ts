/** Checks the points that a recipe carries. */
import { acceptList, show } from './check-value.ts'
import { Fault } from './fault.ts'
import { mostPaintedClasses, mostPaintedPoints, type PaintedPoint, planeReach } from './painting.ts'

/** Numbers of a point: x, y and class. */
const pointLength = 3

const isPlace = (value: unknown): value is number =>
  typeof value === 'number' && value >= -planeReach && value <= planeReach

const isClass = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < mostPaintedClasses

const isPoint = (value: unknown): value is PaintedPoint =>
  Array.isArray(value) &&
  value.length === pointLength &&
  isPlace(value[0]) &&
  isPlace(value[1]) &&
  isClass(value[2]) &&
  !value.some((number) => Object.is(number, -0))

/**
 * The painted points of a recipe, none to `mostPaintedPoints`; points that are right already are taken as they are. Throws
 * `RECIPE-017` for too many, `RECIPE-023` for what is no point, `RECIPE-024` for a place outside the plane, `RECIPE-025`
 * for a class that there is not.
 */
export function acceptPainting(value: unknown, path: string): readonly PaintedPoint[] {
  return acceptList(value, path, mostPaintedPoints).map((point, i) =>
    isPoint(point) ? point : acceptPoint(point, `${path}.${i}`),
  )
}

function acceptPoint(value: unknown, path: string): PaintedPoint {
  if (!Array.isArray(value) || value.length !== pointLength) {
    throw new Fault('RECIPE-023', { given: show(value) }, path)
  }
  const [x, y, label]: readonly unknown[] = value
  if (!isClass(label)) throw new Fault('RECIPE-025', { given: show(label), max: mostPaintedClasses - 1 }, `${path}.2`)
  return [acceptPlace(x, `${path}.0`), acceptPlace(y, `${path}.1`), plain(label)]
}

function acceptPlace(value: unknown, path: string): number {
  if (isPlace(value)) return plain(value)
  throw new Fault('RECIPE-024', { given: show(value), min: -planeReach, max: planeReach }, path)
}

/** -0 is 0, so that equal paintings are equal texts. */
const plain = (value: number): number => (value === 0 ? 0 : value)
