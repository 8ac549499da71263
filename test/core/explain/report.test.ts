import { describe, expect, it } from 'vitest'
import { classReport, numberFigures, reportOf } from '../../../src/core/explain/report.ts'
import { recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

describe('a report of classes', () => {
  // scikit-learn's own example of classification_report: y_true [0, 1, 2, 2, 2], y_pred [0, 0, 2, 2, 1].
  const report = classReport([0, 0, 1, 0, 2, 2, 2, 2, 2, 1], 3, 5)

  it('counts as scikit-learn does', () => {
    expect(report.counts).toEqual([1, 0, 0, 1, 0, 0, 0, 1, 2])
    expect(report.accuracy).toBeCloseTo(0.6, 12)
    expect(report.classes.map(({ precision }) => precision)).toEqual([0.5, 0, 1])
    expect(report.classes.map(({ recall }) => recall)).toEqual([1, 0, 2 / 3])
    expect(report.classes.map(({ f1 }) => f1)).toEqual([2 / 3, 0, 0.8])
    expect(report.classes.map(({ support }) => support)).toEqual([1, 1, 3])
    expect(report.macroF1).toBeCloseTo(0.4889, 4)
  })

  it('has no figure where nothing was answered or nothing is there', () => {
    const none = classReport([0, 0], 2, 1)
    expect(none.classes[1]).toEqual({ precision: null, recall: null, f1: null, support: 0 })
    expect(none.macroF1).toBe(1)
    expect(classReport([], 2, 0)).toMatchObject({ accuracy: 0, macroF1: null, counted: 0 })
  })

  it.each(['circle', 'deep'] as const)('of %s agrees with the scores', (name) => {
    const session = sessionOf(recipeOf(name))
    trainSteps(session, 40)
    const { trainAccuracy, testAccuracy } = session.evaluate()
    const { train, test, step } = reportOf(session)
    expect(step).toBe(40)
    expect(train.kind === 'classes' && train.accuracy).toBeCloseTo(trainAccuracy ?? Number.NaN, 6)
    expect(test?.kind === 'classes' && test.accuracy).toBeCloseTo(testAccuracy ?? Number.NaN, 6)
    const counts = train.kind === 'classes' ? train.counts : []
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(session.dataset.train.count)
  })

  it('leaves scolded sentences out: they do not say what is right', () => {
    const session = sessionOf(recipeOf('story'))
    const { train } = reportOf(session)
    const praised = Array.from(session.dataset.train.targets).filter((value, i) => i % 2 === 1 && value >= 0).length
    expect(train).toMatchObject({ kind: 'classes', counted: praised })
    expect(praised).toBeLessThan(session.dataset.train.count)
  })
})

describe('a report of numbers', () => {
  it('has the figures of scikit-learn', () => {
    // r2_score's own example: y [3, -0.5, 2, 7], answers [2.5, 0, 2, 8] -> 0.948..., errors 0.5 and 0.612...
    const figures = numberFigures([3, -0.5, 2, 7], [2.5, 0, 2, 8])
    expect(figures.r2).toBeCloseTo(0.9486081370449679, 12)
    expect(figures.meanAbsolute).toBeCloseTo(0.5, 12)
    expect(figures.rootMeanSquare).toBeCloseTo(0.6123724356957945, 12)
    expect(figures.bias).toBeCloseTo(0.25, 12)
    expect(figures.pairs).toEqual([3, 2.5, -0.5, 0, 2, 2, 7, 8])
    expect(figures.residuals).toMatchObject({ low: -0.5, high: 1 })
    expect(figures.residuals.counts.reduce((sum, count) => sum + count, 0)).toBe(4)
  })

  it('has no R² where all values are the same', () => {
    expect(numberFigures([2, 2], [1, 3])).toMatchObject({ r2: null, meanAbsolute: 1, bias: 0 })
  })

  it('of a plane agrees with its loss, changes nothing, shows some hundred rows', () => {
    const session = sessionOf(recipeOf('plane'))
    trainSteps(session, 40)
    const before = Array.from(session.readParameters())
    const { train } = reportOf(session)
    if (train.kind !== 'number') throw new Error('a plane predicts numbers')
    const [figures] = train.outputs
    expect((figures?.rootMeanSquare ?? 0) ** 2).toBeGreaterThan(0)
    // The loss is the mean square of the same residuals, or half of it.
    expect([1, 0.5].map((part) => part * (figures?.rootMeanSquare ?? 0) ** 2)).toContainEqual(
      expect.closeTo(session.evaluate().trainLoss, 5),
    )
    expect(figures?.pairs.length).toBeLessThanOrEqual(600)
    expect(Array.from(session.readParameters())).toEqual(before)
  })
})
