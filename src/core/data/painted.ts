/** Points painted by hand: of up to six classes, of which a point that trains goes on training while others are painted. */
import { classOutput, Fault, fewestPaintedClasses, type PaintedPoint, paintedClasses } from '../spec/index.ts'
import type { PointsData } from '../spec/recipe.ts'
import type { Dataset } from './dataset.ts'
import { placedDataset } from './points.ts'
import { drawOf } from './random.ts'
import type { Split } from './split.ts'

const float = new Float32Array(1)
const word = new Uint32Array(float.buffer)

function bitsOf(value: number): number {
  float[0] = value
  return word[0] ?? 0
}

/** The draws of points that were seen before: a stroke makes the data anew, and all but a few of its points are the same. */
const drawn = new WeakMap<PaintedPoint, { readonly seed: number; readonly draw: number }>()

/** From 0 to 1, below the share of the test for a point that tests. */
function drawOfPoint(point: PaintedPoint, seed: number): number {
  const known = drawn.get(point)
  if (known?.seed === seed) return known.draw
  const [x, y, label] = point
  const draw = drawOf(seed, 'split', bitsOf(x), bitsOf(y), label)
  drawn.set(point, { seed, draw })
  return draw
}

/**
 * Whether a point tests follows from the point and the seed alone, so that painting and erasing others moves no point, and
 * equal points stay together. The first point of each class trains, and what is equal to it.
 */
function splitOf(points: readonly PaintedPoint[], testShare: number, seed: number): Split {
  const firsts = new Map<number, PaintedPoint>()
  for (const point of points) if (!firsts.has(point[2])) firsts.set(point[2], point)
  const isTest = points.map((point) => {
    const first = firsts.get(point[2])
    if (first?.[0] === point[0] && first[1] === point[1]) return false
    return drawOfPoint(point, seed) < testShare
  })
  const indices = new Uint32Array(points.length).map((_, i) => i)
  return { train: indices.filter((i) => isTest[i] === false), test: indices.filter((i) => isTest[i] === true) }
}

/** Two numbers of each point, one after the other. */
function pairs(points: readonly PaintedPoint[], of: (point: PaintedPoint) => readonly [number, number]): Float32Array {
  const values = new Float32Array(2 * points.length)
  points.forEach((point, i) => {
    values.set(of(point), 2 * i)
  })
  return values
}

/** Why a painting teaches nothing yet: `DATA-009` without points, `DATA-010` with a single class; undefined where it does. */
function whatIsMissing(occurring: number): Fault | undefined {
  if (occurring >= fewestPaintedClasses) return undefined
  return new Fault(occurring === 0 ? 'DATA-009' : 'DATA-010', { min: fewestPaintedClasses }, 'data.points')
}

/** The painted points of a recipe. The network has an output for each class that occurs, two at least. */
export function paintedDataset({ points = [], features, testShare }: PointsData, seed: number): Dataset {
  const { occurring, outputs } = paintedClasses(points)
  const unfinished = whatIsMissing(occurring.length)
  const dataset = placedDataset(features, {
    task: 'classes',
    outputNames: outputs.map(classOutput),
    places: pairs(points, ([x, y]) => [x, y]),
    targets: pairs(points, ([, , label]) => [outputs.indexOf(label), 1]),
    split: splitOf(points, testShare, seed),
  })
  return unfinished === undefined ? dataset : { ...dataset, unfinished }
}
