import { describe, expect, it } from 'vitest'
import { acceptRecipe, digitsRecipe, picturePlaces, valueStrides } from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { createWatcher, packFor, passengerInputs } from '../../../src/main/training/packing.ts'
import { packPictures, pictureRows } from '../../../src/main/training/pictures.ts'
import { datasetOf, Run } from '../../../src/main/training/run.ts'
import { readFrame } from '../../../src/shared/frame.ts'
import { kernels } from '../support/kernels.ts'
import { bareLens, circle, story } from '../support/recipes.ts'

function runOf(recipe: object): Run {
  const accepted = acceptRecipe(recipe)
  return new Run('r', Session.create(accepted, datasetOf(accepted), kernels))
}
const digits = (network: readonly object[]): Run =>
  runOf({ ...digitsRecipe, data: { source: 'digits', samples: 60 }, network })

const framed = (run: Run, pictures: number) =>
  readFrame(packFor(run, createWatcher('c', { ...bareLens, passenger: 3, pictures }), 0)).sections.get('pictures')

describe('the pictures of a frame', () => {
  const run = digits([{ layer: 'conv2d', filters: 3, kernel: 5 }, { layer: 'max-pool' }, { layer: 'flatten' }])
  const { layers, dataset } = run.session
  const input = passengerInputs(dataset, 3) ?? new Float32Array()

  it('are the pixels that the layers compute, one picture a filter', () => {
    const pictures = framed(run, 28) ?? new Float32Array()
    const { whole, activations } = run.session.inspect(input)
    expect([...pictures.subarray(0, 784)]).toEqual([...input])
    expect(layers.map(({ units, shape }) => [units, shape?.join()])).toEqual([
      [1, '1,28,28'],
      [3, '3,24,24'],
      [3, '3,12,12'],
      [3, '3,12,12'],
      [10, undefined],
    ])
    expect([...pictures]).toEqual(whole.flatMap((values) => [...(values ?? [])]))
    // A stop's own number is the mean of its picture: sums of 576 numbers in float32.
    const first = pictures.subarray(784, 784 + 576)
    expect(activations[1]).toBeCloseTo(first.reduce((sum, value) => sum + value, 0) / 576, 5)
  })

  it('are no larger than asked for: means of what falls on a pixel', () => {
    const [large, small] = [framed(run, 28), framed(run, 14)].map((one) => one ?? new Float32Array())
    const [place] = picturePlaces(layers, 14)
    expect(place).toEqual({ offset: 0, height: 14, width: 14 })
    const mean = [0, 1, 28, 29].reduce((sum, n) => sum + (large?.[14 * 28 + 14 + n] ?? 0), 0) / 4
    expect(small?.[7 * 14 + 7]).toBeCloseTo(mean, 6)
    expect(small).toHaveLength(14 * 14 * (1 + 3) + 12 * 12 * 6)
  })

  it('cost nothing where nobody looks', () => {
    expect(framed(run, 0)).toBeUndefined()
    expect(framed(runOf(circle), 28)).toHaveLength(0)
  })
})

describe('the sequences of a frame', () => {
  it('are a row of steps for each stop', () => {
    const { session } = runOf({ ...story, network: [{ layer: 'embedding', units: 4 }, { layer: 'flatten' }] })
    const { whole } = session.inspect(session.dataset.contextInputs.subarray(0, 2))
    const values = whole[1] ?? new Float32Array()
    expect(valueStrides(session.layers[1] ?? { units: 1 })).toEqual({ stop: 1, value: 4 })
    const packed = packPictures(session.layers, whole, 28)
    expect([...packed.subarray(0, 4)]).toEqual([values[0], values[4], values[1], values[5]])
  })
})

describe('pictures of the training data', () => {
  it('come with their classes, as bytes, and end where the data do', () => {
    const { dataset } = digits([]).session
    const { height, width, pictures, classes } = pictureRows(dataset, dataset.train.count - 2, 10)
    expect([height, width, pictures.length, classes.length]).toEqual([28, 28, 2, 2])
    expect(Math.max(...(pictures[0] ?? []))).toBeGreaterThan(200)
    expect(classes[0]).toBe(dataset.train.targets[2 * (dataset.train.count - 2)])
  })

  it('are none where the data are no pictures', () => {
    expect(pictureRows(runOf(circle).session.dataset, 0, 10).pictures).toEqual([])
  })
})
