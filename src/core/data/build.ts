/** From a recipe to the data that it names. */
import { Fault, type Recipe, readsTokens } from '../spec/index.ts'
import type { Dataset } from './dataset.ts'
import { digitsDataset } from './digits.ts'
import { paintedDataset } from './painted.ts'
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
  /** CSV of the bundled table, or of the learner's own. */
  readonly table?: string
}

function given<Value>(value: Value | undefined, file: string): Value {
  if (value === undefined) throw new Fault('FILE-001', { file }, 'data.path')
  return value
}

/** Golden ratio of 2^32: steps of it reach all seeds, and neighbours lie far apart. */
const drawStep = 0x9e3779b9

/** The seed of the n-th draw of the data; draw 0 is the recipe's seed. */
function drawSeed(seed: number, draw: number): number {
  return (seed + Math.imul(draw, drawStep)) >>> 0
}

/** Draws or reads the data of a recipe, the same bits each time. Throws a `Fault` that names the place. */
export function buildDataset(recipe: Recipe, source: DataSource = {}): Dataset {
  const { data, seed } = recipe
  const drawn = 'draw' in data ? drawSeed(seed, data.draw) : seed
  switch (data.source) {
    case 'points':
      return data.shape === 'drawn' ? paintedDataset(data, seed) : pointsDataset(data, data.shape, drawn)
    case 'sentences':
      return sentencesDataset(data, readsTokens(recipe))
    case 'csv':
      return tableDataset(data, seed, given(source.csv, data.path))
    case 'table': {
      const text = given(source.table, data.name ?? data.file ?? '')
      const dataset = tableDataset(data, drawn, text)
      return data.name === undefined ? { ...dataset, tableText: text } : dataset
    }
    case 'digits':
      return digitsDataset(data, drawn, given(source.digits, 'digits.bin'))
    case 'text':
      return textDataset(data, given(source.text, data.path ?? data.name ?? ''))
  }
}
