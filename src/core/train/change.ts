/** What changes of a recipe mean to a session that is training. */
import type { Network } from '../nn/network.ts'

/** What an edit did. */
export interface ChangeEffect {
  readonly path: string
  readonly from: unknown
  readonly to: unknown
  /** Layers, parameters or data are others than before. */
  readonly reshaped: boolean
  /** Training begins again at step 0. */
  readonly restarted: boolean
  /** How many parameters stayed, where they were laid anew. */
  readonly kept?: number
}

/** Paths whose new value the update reads at the next batch; nothing else changes. */
const readByUpdate = /^training\.(l1|l2|clip\.value|schedule\..*|optimizer\.(?!name$).*)$/
/** Paths that end or describe a run and change no number. */
const readByNobody = /^(name|training\.(stop|teaching)\..*)$/

/** True for a path whose value is read as it is at the next batch: nothing has to be made anew. */
export const isLive = (path: string): boolean => readByUpdate.test(path) || readByNobody.test(path)

/** What a network's shape is, as a text to compare. */
export function shapeOf(network: Network): string {
  const tensors = network.parameters.map(({ name, shape }) => [name, shape])
  return JSON.stringify([
    network.layers.map(({ units, shape, activation, names }) => [units, shape, activation, names]),
    tensors,
  ])
}
