/** The data and networks that the page can show. */
import { buildDataset } from '../../core/data/build.ts'
import type { Dataset } from '../../core/data/dataset.ts'
import { faultyCell } from '../../core/data/faulty-cell.ts'
import { smallBatch } from '../../core/data/oddities.ts'
import {
  acceptRecipe,
  Fault,
  faultRecord,
  type LayerSpec,
  outputClass,
  type Recipe,
  type TableRefusal,
  type TableTrial,
} from '../../core/spec/index.ts'
import type { PointSet } from '../../shared/protocol.ts'
import { sourceOf } from './tables.ts'

/** Layers that the page can draw. */
const DRAWN: ReadonlySet<LayerSpec['layer']> = new Set([
  'dense',
  'dropout',
  'layer-norm',
  'rms-norm',
  'batch-norm',
  'residual',
])

/**
 * The data of a recipe that the page can show: all but texts, through dense layers, norms and residual blocks.
 *
 * Files are read by the command line alone, since a page must not name paths (`SHELL-004`); texts and layers the map does
 * not draw yet (`SHELL-005`).
 */
export function datasetOf(recipe: Recipe): Dataset {
  const { data, network } = recipe
  if ((data.source === 'csv' || data.source === 'text') && data.path !== undefined)
    throw new Fault('SHELL-004', { path: data.path }, 'data.path')
  if (data.source === 'text') throw new Fault('SHELL-005', { what: data.source }, 'data')
  refuseUndrawn(network, 'network')
  const key = dataKey(recipe)
  const known = tried?.key === key ? tried.dataset : null
  tried = null
  return known ?? buildDataset(recipe, sourceOf(recipe))
}

/** The data that was made last to be looked at: the run that is then made of it need not wait for it again. */
let tried: { readonly key: string; readonly dataset: Dataset } | null = null
const dataKey = ({ data, seed }: Recipe): string => JSON.stringify([data, seed])

/** What would come of a recipe with a table. */
export function tryTable(given: unknown): TableTrial | TableRefusal {
  const recipe = acceptRecipe(given)
  try {
    const dataset = datasetOf(recipe)
    tried = { key: dataKey(recipe), dataset }
    const { train, test, inputWidth, outputNames, warnings = [] } = dataset
    const notices = [...warnings, ...smallBatch(recipe, train.count)]
    return { train: train.count, test: test.count, inputs: inputWidth, outputs: outputNames, notices }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { data } = recipe
    const cell = data.source === 'table' ? faultyCell(data, sourceOf(recipe).table ?? '', error) : null
    return { fault: faultRecord(error), cell }
  }
}

/** Throws `SHELL-005` for a layer that the map does not draw. */
export function refuseUndrawn(layers: readonly LayerSpec[], path = 'network'): void {
  layers.forEach((spec, index) => {
    if (!DRAWN.has(spec.layer)) throw new Fault('SHELL-005', { what: spec.layer }, `${path}.${index}`)
    if (spec.layer === 'residual') refuseUndrawn(spec.layers, `${path}.${index}.layers`)
  })
}

/** Points of both parts, each with its class or its value. */
export function pointsOf({ task, outputWidth, outputNames, ...data }: Dataset): PointSet {
  const isClasses = task === 'classes'
  const labels = isClasses ? outputNames.map(outputClass) : []
  const width = isClasses ? 2 : outputWidth
  const rows = (places: Float32Array, targets: Float32Array): number[] => {
    const found: number[] = []
    for (let i = 0; i < places.length / 2; i++) {
      const target = targets[i * width] ?? 0
      found.push(places[2 * i] ?? 0, places[2 * i + 1] ?? 0, labels[target] ?? target)
    }
    return found
  }
  return { train: rows(data.trainPoints, data.train.targets), test: rows(data.testPoints, data.test.targets) }
}
