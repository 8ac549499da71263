/** The data that the page can show. */
import { buildDataset } from '../../core/data/build.ts'
import type { Dataset } from '../../core/data/dataset.ts'
import { faultyCell } from '../../core/data/faulty-cell.ts'
import { smallBatch } from '../../core/data/oddities.ts'
import {
  acceptRecipe,
  Fault,
  faultRecord,
  haveSameData,
  outputClass,
  type Recipe,
  type TableRefusal,
  type TableTrial,
} from '../../core/spec/index.ts'
import type { PointSet } from '../../shared/protocol.ts'
import { sourceOf } from './tables.ts'

/**
 * The data of a recipe that the page can show: all but texts (`SHELL-005`). Files are read by the command line alone,
 * since a page must not name paths (`SHELL-004`).
 */
export function datasetOf(recipe: Recipe): Dataset {
  const { data } = recipe
  if ((data.source === 'csv' || data.source === 'text') && data.path !== undefined)
    throw new Fault('SHELL-004', { path: data.path }, 'data.path')
  if (data.source === 'text') throw new Fault('SHELL-005', { what: data.source }, 'data')
  const known = tried !== null && haveSameData(tried.recipe, recipe) ? tried.dataset : null
  tried = null
  return known ?? buildDataset(recipe, sourceOf(recipe))
}

/** The data that was made last to be looked at: the run that is then made of it need not wait for it again. */
let tried: { readonly recipe: Recipe; readonly dataset: Dataset } | null = null

/** What would come of a recipe with a table. */
export function tryTable(given: unknown): TableTrial | TableRefusal {
  const recipe = acceptRecipe(given)
  try {
    const dataset = datasetOf(recipe)
    tried = { recipe, dataset }
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
