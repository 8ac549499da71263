import { describe, expect, it } from 'vitest'
import { joinedEdits, markOf } from '../../../src/renderer/charts/edit-words.ts'

const edit = { id: 1, run: 'r', step: 600, epoch: 24, from: 0.01, to: 0.03 }
const dense = (units: number) => ({ layer: 'dense', units, activation: 'tanh' })

describe('a mark', () => {
  it('names the hyperparameter that was changed, from and to', () => {
    expect(markOf({ ...edit, path: 'training.optimizer.learningRate' }, 'ko').text).toBe('학습률 0.01 → 0.03')
    expect(markOf({ ...edit, path: 'training.optimizer.learningRate' }, 'en').text).toBe('Learning rate 0.01 → 0.03')
  })

  it('names a learned number by its place, and a large change by its path alone', () => {
    expect(markOf({ ...edit, path: 'parameters.layers.0.weight.3' }, 'en').text).toBe('layers.0.weight.3 0.01 → 0.03')
    expect(markOf({ ...edit, path: 'somewhere.else', to: {} }, 'en').text).toBe('else')
  })

  it('tells layers that were added or taken away by their widths', () => {
    const from = [dense(4), dense(2)]
    const { text } = markOf({ ...edit, path: 'network', from, to: [...from, { layer: 'flatten' }, dense(3)] }, 'ko')
    expect(text).toMatch(/ 4-2 → 4-2-flatten-3$/)
    expect(markOf({ ...edit, path: 'network', from: [dense(4)], to: [] }, 'ko').text).toMatch(/ 4 → 0$/)
  })

  it('stands for all edits of one thing at one step', () => {
    const units = { ...edit, path: 'network.0.units' }
    const edits = [
      { ...units, from: 4, to: 5 },
      { ...edit, path: 'training.l2' },
      { ...units, from: 5, to: 6 },
      { ...units, step: 700, from: 6, to: 7 },
    ]
    expect(joinedEdits(edits).map(({ from, to }) => [from, to])).toEqual([
      [4, 6],
      [0.01, 0.03],
      [6, 7],
    ])
  })

  it('is not left by what was undone at the same step', () => {
    expect(
      joinedEdits([edit, { ...edit, from: 0.03, to: 0.01 }].map((one) => ({ ...one, path: 'training.l2' }))),
    ).toEqual([])
  })

  it('writes choices and sets as the form does', () => {
    const features = { ...edit, path: 'data.features', from: ['x', 'y'], to: ['x', 'y', 'x^2'] }
    expect(markOf(features, 'en').text).toBe('Features x, y → x, y, x²')
    const shape = (name: string) => ({ source: 'points', shape: name })
    expect(markOf({ ...edit, path: 'data', from: shape('xor'), to: shape('xor') }, 'en').text).toMatch(/XOR → XOR$/)
  })
})
