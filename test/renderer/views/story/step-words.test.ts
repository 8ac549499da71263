import { beforeEach, describe, expect, it } from 'vitest'
import { showLanguage } from '../../../../src/renderer/i18n/index.ts'
import { movedRoutes, movedRows } from '../../../../src/renderer/views/story/teach/moved-rows.ts'
import { lossFormula, stepSentence } from '../../../../src/renderer/views/story/teach/step-words.ts'
import { taughtLines } from '../../../../src/renderer/views/story/teach/taught-lines.ts'
import { readFrame } from '../../../../src/shared/frame.ts'
import { aFrame, aRun } from '../../fixture-bridge.ts'
import { freshPage } from '../../set-up.ts'

const step = {
  context: 'Go',
  answer: 1,
  text: 'Inside',
  reward: -1,
  baseline: 0.1,
  advantage: -1.1,
  logProbability: -1.2,
  loss: -1.32,
  nextBaseline: -0.01,
  learningRate: 0.02,
  before: [0.7, 0.3],
  after: [0.75, 0.25],
  moved: [
    { name: 'layers.0.weight', index: 1, from: 0.5, to: -0.25 },
    { name: 'layers.0.bias', index: 0, from: 0, to: 0.02 },
    { name: 'gone.weight', index: 0, from: 0, to: 1 },
  ],
  movedCount: 5,
  step: 3,
  automatic: false,
}

const said = {
  context: 'Gone',
  answer: 0,
  text: 'x',
  probabilities: [0.9, 0.1],
  drawnFrom: [0.9, 0.1],
  temperature: 1,
  draw: 0.5,
  draws: 1,
}

beforeEach(() => {
  freshPage()
  showLanguage('en')
})

describe('a taught step', () => {
  it('is a formula with its numbers', () => {
    expect(lossFormula(step)).toBe('−(−1 − 0.100) · (−1.200) = −1.320')
  })

  it('is told in words, by whom it was taken', () => {
    expect(stepSentence(step)).toBe('You scolded ‘Inside’. Its probability went from 30.0 % to 25.0 %.')
    expect(stepSentence({ ...step, reward: 1, automatic: true })).toContain('The trainer praised ‘Inside’. Its')
    expect(stepSentence({ ...step, before: [], after: [], automatic: true })).toContain('after ‘Go’')
  })

  it('lists what it moved, with bus numbers where frames are known', () => {
    const info = aRun({}, [2, 2, 2])
    const frame = (contributions: readonly number[]) => readFrame(aFrame({}, { contributions }))
    const before = frame([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    const after = frame([2, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    const rows = movedRows(info, step, { before, after })
    expect(rows.map(({ plates, sign }) => ({ plates, sign }))).toEqual([
      { plates: { before: 9999, after: 150 }, sign: 'negative' },
      { plates: null, sign: 'positive' },
    ])
    expect(movedRows(info, step, null).map(({ plates }) => plates)).toEqual([null, null])
    expect(movedRoutes(info, step)).toEqual([{ gap: 0, from: 1, to: 0 }])
  })

  it('gives the probabilities that stood before it', () => {
    const lines = [
      { name: 'a', before: 0.6, after: 0.75, praised: true },
      { name: 'b', before: 0.4, after: 0.25, praised: false },
    ]
    const ofExample = { typed: null, context: 'Go', said: null }
    expect(taughtLines(lines, ofExample, step, []).map(({ before }) => before)).toEqual([0.7, 0.3])
    expect(taughtLines(lines, { ...ofExample, context: 'Come' }, step, [])).toEqual(lines)
    const typed = { typed: 'Gone', context: 'Gone', said: { ...said, probabilities: [0.9, 0.1] } }
    expect(taughtLines(lines, typed, null, ['x', 'y'])).toEqual([
      { name: 'x', before: 0.9, after: 0.9, praised: false },
      { name: 'y', before: 0.1, after: 0.1, praised: false },
    ])
  })
})
