/** Handwritten digits: the bundled part of MNIST (Y. LeCun, C. Cortes) as bytes. */
import { type DigitsData, Fault } from '../spec/index.ts'
import type { Dataset, Rows } from './dataset.ts'
import { Stream } from './random.ts'
import { takeRows, testRows } from './split.ts'

const side = 28
const pixels = side * side
const classes = 10
const brightest = 255

/** Number of the stream that chooses which digits take part, so that it is not the order of the split. */
const choosing = 1

/** `bytes` are a label for each picture, then the pictures (scripts/pack-data.mjs). Throws `DATA-007` for another file. */
export function digitsDataset(data: DigitsData, seed: number, bytes: Uint8Array): Dataset {
  const all = bytes.length / (pixels + 1)
  if (!Number.isInteger(all) || all === 0) throw new Fault('DATA-007', { size: bytes.length }, 'data')
  const count = Math.min(data.samples, all)
  const chosen = new Stream(seed, 'data', choosing).permutation(all).subarray(0, count)
  const inputs = new Float32Array(count * pixels)
  const targets = new Float32Array(count * 2)
  chosen.forEach((picture, row) => {
    const from = all + picture * pixels
    for (let i = 0; i < pixels; i++) inputs[row * pixels + i] = (bytes[from + i] ?? 0) / brightest
    targets[2 * row] = bytes[picture] ?? 0
    targets[2 * row + 1] = 1
  })
  const rows: Rows = { count, inputs, targets }
  const { train, test } = testRows(count, data.testShare, seed)
  const none = new Float32Array(0)
  return {
    task: 'classes',
    inputWidth: pixels,
    inputShape: [1, side, side],
    outputWidth: classes,
    inputNames: [],
    outputNames: Array.from({ length: classes }, (_, digit) => String(digit)),
    train: takeRows(rows, train),
    test: takeRows(rows, test),
    trainPoints: none,
    testPoints: none,
    contexts: [],
    contextInputs: none,
  }
}
