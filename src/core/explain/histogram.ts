/** Weights, gradients and activations as histograms, layer by layer. Nothing is changed. */
import { type Bins, type Heap, type Heaps, type LayerHeaps, valueCount } from '../spec/index.ts'
import type { Session } from '../train/session.ts'

/** Most bins of a heap: fine enough for a ridge some 300 px wide; a few numbers are not spread over all of them. */
const mostBins = 48
const fewestBins = 12
/** Rows whose activations are looked at, evenly taken. */
const triedRows = 256
/** Activations looked at once; of wide networks fewer rows are tried. */
const mostActivations = 2_000_000

type Extremes = Pick<Heap, 'least' | 'greatest'>

/** The least and the greatest of what is finite; null where nothing is. */
function extremesOf(values: ArrayLike<number>): Extremes | null {
  let least = Number.POSITIVE_INFINITY
  let greatest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    if (!Number.isFinite(value)) continue
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  return least > greatest ? null : { least, greatest }
}

/** Counts values into bins of one width; a stretch of no width becomes one around its value. */
export function binsOf(values: ArrayLike<number>, count: number): Bins {
  return binsBetween(values, count, extremesOf(values))
}

function binsBetween(values: ArrayLike<number>, count: number, extremes: Extremes | null): Bins {
  if (extremes === null) return { low: 0, high: 0, counts: new Array<number>(count).fill(0) }
  const { least, greatest } = extremes
  const reach = least === greatest ? Math.max(Math.abs(least) * 0.5, 1e-6) : 0
  const [low, high] = [least - reach, greatest + reach]
  const counts = new Array<number>(count).fill(0)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    if (!Number.isFinite(value)) continue
    const bin = Math.min(count - 1, Math.floor(((value - low) / (high - low)) * count))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return { low, high, counts }
}

/** A heap of numbers; null where there is none. */
export function heapOf(values: ArrayLike<number>): Heap | null {
  if (values.length === 0) return null
  let sum = 0
  let squares = 0
  let zeros = 0
  let finite = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    if (!Number.isFinite(value)) continue
    finite++
    sum += value
    if (value === 0) zeros++
  }
  const mean = finite === 0 ? 0 : sum / finite
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    if (Number.isFinite(value)) squares += (value - mean) * (value - mean)
  }
  const extremes = extremesOf(values)
  return {
    ...binsBetween(values, Math.min(mostBins, Math.max(fewestBins, Math.ceil(2 * Math.sqrt(values.length)))), extremes),
    count: values.length,
    least: extremes?.least ?? 0,
    greatest: extremes?.greatest ?? 0,
    mean,
    deviation: finite === 0 ? 0 : Math.sqrt(squares / finite),
    zeros: zeros / values.length,
    notFinite: values.length - finite,
  }
}

/** Rows of the training data, evenly taken. */
function rowsTried({ dataset, layers }: Session): Float32Array {
  const { train, inputWidth } = dataset
  const values = layers.reduce((sum, layer) => sum + valueCount(layer), 0)
  const most = Math.max(1, Math.floor(mostActivations / Math.max(1, values)))
  const count = Math.min(train.count, triedRows, most)
  const rows = new Float32Array(count * inputWidth)
  for (let n = 0; n < count; n++) {
    const row = Math.floor((n * train.count) / count)
    rows.set(train.inputs.subarray(row * inputWidth, (row + 1) * inputWidth), n * inputWidth)
  }
  return rows
}

/** Share of stops (or pixels of theirs) [units, rows] that say the same for every row. */
function deadShare(values: Float32Array, units: number): number {
  const rows = values.length / units
  if (rows < 2) return 0
  let dead = 0
  for (let unit = 0; unit < units; unit++) {
    const first = values[unit * rows] ?? 0
    let isSame = true
    for (let row = 1; row < rows && isSame; row++) isSame = values[unit * rows + row] === first
    if (isSame) dead++
  }
  return dead / units
}

/** All layers as they are now; `gradients` are those of the last batch, all 0 before the first. */
export function heapsOf(session: Session): Heaps {
  const { step, epoch, layers, parameters } = session
  const weights = Float32Array.from(session.readParameters())
  const gradients = Float32Array.from(session.readGradients())
  const input = rowsTried(session)
  const rows = input.length / session.dataset.inputWidth
  const activations = session.activations(input)
  let at = 0
  return {
    step,
    epoch,
    layers: layers.map((info, layer): LayerHeaps => {
      const own = parameters.filter((tensor) => tensor.layer === layer)
      const first = own[0]?.offset ?? 0
      const last = own.reduce((end, { offset, size }) => Math.max(end, offset + size), first)
      const count = valueCount(info)
      const said = activations.subarray(at * rows, (at + count) * rows)
      at += count
      return {
        weights: heapOf(weights.subarray(first, last)),
        gradients: heapOf(gradients.subarray(first, last)),
        activations: heapOf(said),
        dead: deadShare(said, count),
      }
    }),
  }
}
