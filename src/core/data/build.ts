/** From a recipe to the data that it names. */
import { Fault, type Recipe } from '../spec/index.ts'
import type { Dataset } from './dataset.ts'
import { digitsDataset } from './digits.ts'
import { pointsDataset } from './points.ts'
import { sentencesDataset } from './sentences.ts'
import { tableDataset } from './table.ts'
import { textDataset } from './text.ts'

/** What the host read for a recipe that names a file or bundled data. */
export interface DataSource {
  readonly csv?: string
  readonly text?: string
  /** Packed digits, see `digits.ts`. */
  readonly digits?: Uint8Array
  /** CSV of the bundled table. */
  readonly table?: string
}

function given<Value>(value: Value | undefined, file: string): Value {
  if (value === undefined) throw new Fault('FILE-001', { file }, 'data.path')
  return value
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
      return tableDataset(data, seed, given(source.csv, data.path))
    case 'table': {
      const csv = given(source.table, data.name)
      const target = csv.slice(0, csv.indexOf('\n')).split(',').at(-1)?.trim() ?? ''
      return tableDataset({ ...data, source: 'csv', path: data.name, target, inputs: [] }, seed, csv)
    }
    case 'digits':
      return digitsDataset(data, seed, given(source.digits, 'digits.bin'))
    case 'text':
      return textDataset(data, given(source.text, data.path ?? data.name ?? ''))
  }
}
