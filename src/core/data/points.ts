/**
 * Points in the plane: the six sets of TensorFlow Playground (its src/dataset.ts), -6 <= x, y <= 6 before noise.
 * `noise` moves the place at which a point is judged or drawn, as there: 0.5 is half of the range.
 */
import {
  classOutput,
  Fault,
  type PointFeature,
  type PointsData,
  pointFeatures,
  type RandomShape,
} from '../spec/index.ts'
import type { Dataset, Rows } from './dataset.ts'
import { cos, largestAngle, sin } from './elementary.ts'
import { Stream } from './random.ts'
import { type Split, takeFloats, takeRows, testRows } from './split.ts'

interface Point {
  readonly x: number
  readonly y: number
  /** The class (0 or 1), or the value to predict. */
  readonly target: number
}

/** Draws `samples` points; the sets that judge a displaced point draw the displacement even where noise is 0. */
type Draw = (samples: number, noise: number, random: Stream) => Point[]

interface Shape {
  readonly task: Dataset['task']
  readonly draw: Draw
}

/** Half of the width of the plane that plane and multi-gauss fill. */
const planeRadius = 6
/** Radius of the outer ring of circle and of the arms of spiral. */
const ringRadius = 5

const between = (random: Stream, low: number, high: number): number => low + (high - low) * random.uniform()
const distance = (x: number, y: number): number => Math.sqrt(x * x + y * y)

function repeat(count: number, draw: (i: number) => Point): Point[] {
  return Array.from({ length: count }, (_, i) => draw(i))
}

/** The first class has half of the points, rounded up. */
function halves(samples: number): { first: number; second: number } {
  const first = Math.ceil(samples / 2)
  return { first, second: samples - first }
}

function circle(samples: number, noise: number, random: Stream): Point[] {
  const draw = (inner: number, outer: number): Point => {
    const radius = between(random, inner, outer)
    const turn = random.uniform()
    const x = radius * sin(2 * Math.PI * turn)
    const y = radius * cos(2 * Math.PI * turn)
    const judgedX = x + between(random, -ringRadius, ringRadius) * noise
    const judgedY = y + between(random, -ringRadius, ringRadius) * noise
    return { x, y, target: distance(judgedX, judgedY) < ringRadius * 0.5 ? 1 : 0 }
  }
  const { first, second } = halves(samples)
  return [
    ...repeat(first, () => draw(0, ringRadius * 0.5)),
    ...repeat(second, () => draw(ringRadius * 0.7, ringRadius)),
  ]
}

function xor(samples: number, noise: number, random: Stream): Point[] {
  const padding = 0.3
  const padded = (value: number): number => value + (value > 0 ? padding : -padding)
  return repeat(samples, () => {
    const x = padded(between(random, -5, 5))
    const y = padded(between(random, -5, 5))
    const judgedX = x + between(random, -5, 5) * noise
    const judgedY = y + between(random, -5, 5) * noise
    return { x, y, target: judgedX * judgedY >= 0 ? 1 : 0 }
  })
}

function gauss(samples: number, noise: number, random: Stream): Point[] {
  // Variance 0.5 to 4 as noise goes from 0 to 0.5, and on at the same rate.
  const deviation = Math.sqrt(0.5 + 7 * noise)
  const draw = (centre: number, target: number): Point => {
    const x = centre + deviation * random.normal()
    const y = centre + deviation * random.normal()
    return { x, y, target }
  }
  const { first, second } = halves(samples)
  return [...repeat(first, () => draw(2, 1)), ...repeat(second, () => draw(-2, 0))]
}

function spiral(samples: number, noise: number, random: Stream): Point[] {
  const turns = 1.75
  const draw = (share: number, start: number, target: number): Point => {
    const radius = share * ringRadius
    const turn = turns * share + start
    const x = radius * sin(2 * Math.PI * turn) + between(random, -1, 1) * noise
    const y = radius * cos(2 * Math.PI * turn) + between(random, -1, 1) * noise
    return { x, y, target }
  }
  const { first, second } = halves(samples)
  return [...repeat(first, (i) => draw(i / first, 0, 1)), ...repeat(second, (i) => draw(i / second, 0.5, 0))]
}

/** Points anywhere in the plane, each with the value of a surface at a place moved by noise. */
function surface(height: (x: number, y: number) => number): Draw {
  return (samples, noise, random) =>
    repeat(samples, () => {
      const x = between(random, -planeRadius, planeRadius)
      const y = between(random, -planeRadius, planeRadius)
      const judgedX = x + between(random, -planeRadius, planeRadius) * noise
      const judgedY = y + between(random, -planeRadius, planeRadius) * noise
      return { x, y, target: height(judgedX, judgedY) }
    })
}

const bumps = [
  { x: -4, y: 2.5, sign: 1 },
  { x: 0, y: 2.5, sign: -1 },
  { x: 4, y: 2.5, sign: 1 },
  { x: -4, y: -2.5, sign: -1 },
  { x: 0, y: -2.5, sign: 1 },
  { x: 4, y: -2.5, sign: -1 },
]

/** The bump that counts most here: 1 at its centre, 0 from a distance of 2 on. */
function bumpHeight(x: number, y: number): number {
  let height = 0
  for (const bump of bumps) {
    const value = bump.sign * Math.max(0, 1 - distance(x - bump.x, y - bump.y) / 2)
    if (Math.abs(value) > Math.abs(height)) height = value
  }
  return height
}

const shapes: { readonly [Name in RandomShape]: Shape } = {
  circle: { task: 'classes', draw: circle },
  xor: { task: 'classes', draw: xor },
  gauss: { task: 'classes', draw: gauss },
  spiral: { task: 'classes', draw: spiral },
  plane: { task: 'number', draw: surface((x, y) => (x + y) / 10) },
  'multi-gauss': { task: 'number', draw: surface(bumpHeight) },
}

const features: { readonly [Name in PointFeature]: (x: number, y: number) => number } = {
  x: (x) => x,
  y: (_, y) => y,
  'x^2': (x) => x * x,
  'y^2': (_, y) => y * y,
  xy: (x, y) => x * y,
  'sin x': (x) => sin(x),
  'sin y': (_, y) => sin(y),
}

/**
 * Rows of features for points: [n, 2] -> [n, features]. Throws `DATA-003` for a coordinate that is no number or beyond
 * 2^20, where sines end.
 */
export function pointInputs(points: Float32Array, names: readonly PointFeature[]): Float32Array {
  const count = points.length / 2
  const inputs = new Float32Array(count * names.length)
  for (let row = 0; row < count; row++) {
    const x = points[2 * row] ?? 0
    const y = points[2 * row + 1] ?? 0
    if (!(Math.abs(x) <= largestAngle && Math.abs(y) <= largestAngle)) {
      throw new Fault('DATA-003', { x, y, max: largestAngle }, `row ${row + 1}`)
    }
    names.forEach((name, i) => {
      inputs[row * names.length + i] = features[name](x, y)
    })
  }
  return inputs
}

/** Points with a class or a value each, laid out: `places` [n, 2], `targets` as in `Rows`. */
interface PlacedPoints extends Pick<Dataset, 'task' | 'outputNames'> {
  readonly places: Float32Array
  readonly targets: Float32Array
  /** What each point is for, by its index. */
  readonly split: Split
}

/** The dataset of points, through the features that the recipe chose. */
export function placedDataset(chosen: readonly PointFeature[], points: PlacedPoints): Dataset {
  const { task, outputNames, places, targets, split } = points
  const names = pointFeatures.filter((name) => chosen.includes(name))
  const rows: Rows = { count: places.length / 2, inputs: pointInputs(places, names), targets }
  return {
    task,
    inputWidth: names.length,
    outputWidth: outputNames.length,
    inputNames: names,
    outputNames,
    train: takeRows(rows, split.train),
    test: takeRows(rows, split.test),
    trainPoints: takeFloats(places, 2, split.train),
    testPoints: takeFloats(places, 2, split.test),
    contexts: [],
    contextInputs: new Float32Array(0),
    featuresOf: (given) => pointInputs(given, names),
  }
}

/** Draws the points of a recipe at random and splits them into training and test. */
export function pointsDataset(data: PointsData, shape: RandomShape, seed: number): Dataset {
  const { task, draw } = shapes[shape]
  const points = draw(data.samples, data.noise, new Stream(seed, 'data'))
  const isClasses = task === 'classes'
  return placedDataset(data.features, {
    task,
    outputNames: isClasses ? [classOutput(0), classOutput(1)] : ['value'],
    places: Float32Array.from(points.flatMap((point) => [point.x, point.y])),
    targets: Float32Array.from(points.flatMap((p) => (isClasses ? [p.target, 1] : [p.target]))),
    split: testRows(points.length, data.testShare, seed),
  })
}
