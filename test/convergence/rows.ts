/** Four networks of TensorFlow Playground trained here: the loss after some epochs, the median of ten seeds. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildDataset } from '../../src/core/data/build.ts'
import { acceptRecipe } from '../../src/core/spec/index.ts'
import { Session } from '../../src/core/train/session.ts'
import { kernels } from '../support/kernels.ts'

export const seeds: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
/** Epochs at which both are looked at. */
export const epochs: readonly number[] = [0, 10, 50, 100, 500]

type Losses = readonly [train: number, test: number]

/** A recipe of `test/fixtures/playground` with what Playground's own core reaches. */
export interface Row {
  readonly name: string
  /** Playground reports half the squared error; for numbers, the loss here is the whole. */
  readonly share: number
  readonly playground: readonly Losses[]
}

/** Medians of ten seeds of Playground's own core. */
export const rows: readonly Row[] = [
  {
    name: 'circle',
    share: 1,
    playground: [
      [0.513, 0.505],
      [0.477, 0.483],
      [0.06, 0.058],
      [0.014, 0.014],
      [0.0012, 0.0032],
    ],
  },
  {
    name: 'xor',
    share: 1,
    playground: [
      [0.514, 0.514],
      [0.472, 0.491],
      [0.048, 0.067],
      [0.0093, 0.031],
      [0.0007, 0.0083],
    ],
  },
  {
    name: 'spiral',
    share: 1,
    playground: [
      [0.524, 0.525],
      [0.465, 0.481],
      [0.429, 0.474],
      [0.371, 0.456],
      [0.0069, 0.043],
    ],
  },
  {
    name: 'multi-gauss',
    share: 0.5,
    playground: [
      [0.05, 0.052],
      [0.037, 0.039],
      [0.023, 0.025],
      [0.019, 0.021],
      [0.017, 0.019],
    ],
  },
]

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle - 0.5)] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}

/** The losses of one seed at each of `epochs`. */
function lossesOf(json: object, seed: number, share: number): readonly Losses[] {
  const recipe = acceptRecipe({ ...json, seed })
  const session = Session.create(recipe, buildDataset(recipe), kernels)
  try {
    return epochs.map((epoch) => {
      while (session.epoch < epoch && session.status === 'ready') session.train(session.stepsPerEpoch)
      const { trainLoss, testLoss } = session.evaluate()
      return [share * trainLoss, share * (testLoss ?? Number.NaN)]
    })
  } finally {
    session.dispose()
  }
}

/** Medians over `seeds` at each of `epochs`. */
export function measure({ name, share }: Row): readonly Losses[] {
  const path = join(import.meta.dirname, `../fixtures/playground/${name}.json`)
  const json: object = JSON.parse(readFileSync(path, 'utf8'))
  const all = seeds.map((seed) => lossesOf(json, seed, share))
  return epochs.map((_, at) => [
    median(all.map((losses) => losses[at]?.[0] ?? Number.NaN)),
    median(all.map((losses) => losses[at]?.[1] ?? Number.NaN)),
  ])
}
