/** From a recipe to the data that it names. */
import { Fault, type Recipe } from '../spec/index.ts'
import type { Dataset } from './dataset.ts'
import { pointsDataset } from './points.ts'
import { sentencesDataset } from './sentences.ts'
import { tableDataset } from './table.ts'

/** What the host read for a recipe that names a file. */
export interface DataSource {
  readonly csv?: string
}

/** Draws or reads the data of a recipe, the same bits each time. Throws a `Fault` that names the place. */
export function buildDataset(recipe: Recipe, source: DataSource = {}): Dataset {
  const { data, seed } = recipe
  switch (data.source) {
    case 'points':
      return pointsDataset(data, seed)
    case 'sentences':
      return sentencesDataset(data)
    case 'csv':
      if (source.csv === undefined) throw new Fault('FILE-001', { file: data.path }, 'data.path')
      return tableDataset(data, seed, source.csv)
  }
}
