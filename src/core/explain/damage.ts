/** What would be lost without some parameters, and how useful the stops of a layer are. */
import { type Damage, stopSides, type Usefulness, valueCount, valueStrides } from '../spec/index.ts'
import { type Group, placesOfGroup } from '../train/groups.ts'
import type { Session } from '../train/session.ts'

/** Rows on which what a stop carries is looked at where its loss would take long. */
const sampleRows = 256
/** Products that measuring the usefulness of a layer by its loss may cost: about a tenth of a second. */
const mostProducts = 5e8

/** Runs something with some parameters at 0 and puts them back. */
function without<Result>(session: Session, places: readonly number[], look: () => Result): Result {
  const { backend, at } = session.workshop
  const kept = Float32Array.from(session.readParameters())
  const silenced = Float32Array.from(kept)
  for (const place of places) silenced[place] = 0
  backend.write(at.parameters, silenced)
  try {
    return look()
  } finally {
    backend.write(at.parameters, kept)
  }
}

/** What switching parameters off does to loss, accuracy and the outputs for a row. */
export function damageOf(session: Session, places: readonly number[], input: Float32Array | null): Damage {
  const look = () => ({
    metrics: session.evaluate(),
    outputs: input === null ? null : Array.from(session.predict(input)),
  })
  const before = look()
  const after = without(session, places, look)
  const [was, would] = [before.metrics.trainAccuracy, after.metrics.trainAccuracy]
  return {
    loss: [before.metrics.trainLoss, after.metrics.trainLoss],
    accuracy: was === null || would === null ? null : [was, would],
    outputs:
      before.outputs === null || after.outputs === null ? null : { before: before.outputs, after: after.outputs },
  }
}

/** What switching a stop or a layer off does; see `placesOfGroup` for what that means and its faults. */
export function damageOfGroup(session: Session, group: Group, input: Float32Array | null): Damage {
  return damageOf(session, placesOfGroup(session, group, 'off'), input)
}

/** Mean of |output| over rows of the training data (and the pixels or steps), of each stop of a layer. */
function meanOutputs(session: Session, layer: number): readonly number[] {
  const { dataset, layers } = session
  const info = layers[layer]
  if (info === undefined) return []
  const rows = Math.min(sampleRows, dataset.train.count)
  const values = session.activations(dataset.train.inputs.slice(0, rows * dataset.inputWidth))
  const first = layers.slice(0, layer).reduce((sum, before) => sum + valueCount(before), 0)
  const each = valueCount(info) / info.units
  const stride = valueStrides(info)
  return Array.from({ length: info.units }, (_, node) => {
    let total = 0
    for (let n = 0; n < each; n++) {
      const from = (first + node * stride.stop + n * stride.value) * rows
      total += values.subarray(from, from + rows).reduce((sum, value) => sum + Math.abs(value), 0)
    }
    return total / (rows * each)
  })
}

/** Products of a row's way through the network: a kernel is used at each of its places. */
function productsOfRow({ layers, parameters }: Session): number {
  return parameters.reduce((sum, { layer, size }) => {
    const { height, width } = stopSides(layers[layer] ?? {})
    return sum + size * height * width
  }, 0)
}

/** How useful each stop of a layer is: what the loss would rise by without it, or what it carries (see `Usefulness`). */
export function usefulnessOf(session: Session, layer: number): Usefulness {
  const { layers, dataset } = session
  const stops = layers[layer]?.units ?? 0
  const rows = dataset.train.count + dataset.test.count
  const byLoss = stops * rows * productsOfRow(session) <= mostProducts
  const outputs = byLoss ? [] : meanOutputs(session, layer)
  const before = byLoss ? session.evaluate().trainLoss : 0
  const parameters = byLoss ? null : session.readParameters()
  const values = Array.from({ length: stops }, (_, node) => {
    const places = placesOfGroup(session, { layer, node }, 'off')
    if (parameters === null) return without(session, places, () => session.evaluate().trainLoss) - before
    return (outputs[node] ?? 0) * places.reduce((sum, place) => sum + Math.abs(parameters[place] ?? 0), 0)
  })
  const order = values.map((_, node) => node).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  return { measure: byLoss ? 'loss' : 'carried', values, order }
}
