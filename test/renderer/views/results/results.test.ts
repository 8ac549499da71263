import { beforeEach, describe, expect, it } from 'vitest'
import type { ClassReport, Heap } from '../../../../src/core/spec/index.ts'
import { showLanguage } from '../../../../src/renderer/i18n/index.ts'
import ConfusionTable from '../../../../src/renderer/views/results/ConfusionTable.vue'
import { mixUps } from '../../../../src/renderer/views/results/confusion.ts'
import HeapRidge from '../../../../src/renderer/views/results/HeapRidge.vue'
import ResidualCharts from '../../../../src/renderer/views/results/ResidualCharts.vue'
import { ridgesOf } from '../../../../src/renderer/views/results/ridges.ts'
import { freshPage, mounted } from '../../set-up.ts'

const report: ClassReport = {
  kind: 'classes',
  counted: 5,
  of: 5,
  counts: [1, 0, 0, 1, 0, 0, 0, 1, 2],
  classes: [
    { precision: 0.5, recall: 1, f1: 2 / 3, support: 1 },
    { precision: 0, recall: 0, f1: 0, support: 1 },
    { precision: null, recall: 2 / 3, f1: 0.8, support: 3 },
  ],
  accuracy: 0.6,
  macroF1: 0.489,
}
const heap = (change: Partial<Heap> = {}): Heap => ({
  low: -1,
  high: 1,
  counts: [1, 3, 0, 2],
  count: 6,
  least: -1,
  greatest: 1,
  mean: 0.25,
  deviation: 0.5,
  zeros: 0.5,
  notFinite: 0,
  ...change,
})

beforeEach(() => {
  freshPage()
  showLanguage('en')
})

describe('the confusion matrix', () => {
  it('has a row a class with its counts, and its figures', () => {
    const host = mounted(ConfusionTable, { report, names: ['a', 'b', 'c'] })
    const rows = [...host.querySelectorAll('.matrix tbody tr')].map((row) =>
      row.textContent?.replace(/\s+/g, ' ').trim(),
    )
    expect(rows).toEqual(['a100', 'b100', 'c012'])
    expect(host.querySelector('.figures tbody tr:last-child')?.textContent).toBe('c—66.780.03')
  })

  it('of classes on the plane has their marks, and their names for who cannot see them', () => {
    const host = mounted(ConfusionTable, { report, names: ['a', 'b', 'c'], classes: [0, 1, 3] })
    const heads = [...host.querySelectorAll('.matrix th')].slice(1)
    expect(heads.map((head) => head.textContent?.trim())).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
    expect(heads.every((head) => head.querySelector('svg.class-mark') !== null)).toBe(true)
    expect(heads.every((head) => head.querySelector('.vh') !== null)).toBe(true)
  })

  it('gives way to the commonest mix-ups where it would not fit', () => {
    const classes = Array.from({ length: 20 }, () => ({ precision: 1, recall: 1, f1: 1, support: 1 }))
    const counts = new Array<number>(400).fill(0)
    counts[3 * 20 + 4] = 7
    counts[5 * 20 + 5] = 9
    const many = { ...report, classes, counts }
    expect(mixUps(many, 5)).toEqual([{ actual: 3, answered: 4, count: 7 }])
    const host = mounted(ConfusionTable, { report: many, names: classes.map((_, n) => `word ${n}`) })
    expect(host.querySelector('.matrix')).toBeNull()
    expect(host.textContent).toContain('word 3, answered word 4')
  })
})

describe('residuals', () => {
  it('show R², a dot a row and a bar a bin', () => {
    const figures = {
      r2: 0.9486,
      meanAbsolute: 0.5,
      rootMeanSquare: 0.612,
      bias: 0.25,
      pairs: [3, 2.5, -0.5, 0],
      residuals: { low: -0.5, high: 1, counts: [1, 2] },
    }
    const host = mounted(ResidualCharts, { figures, name: 'height' })
    expect(host.querySelectorAll('circle')).toHaveLength(2)
    expect(host.querySelectorAll('rect')).toHaveLength(2)
    expect(host.textContent).toContain('0.9486')
  })
})

describe('ridges', () => {
  it('stand on one axis, the newest last and lowest', () => {
    const { outlines, low, high, zero } = ridgesOf(
      [
        { step: 0, heap: heap() },
        { step: 9, heap: heap({ low: -3, high: 1 }) },
      ],
      100,
      50,
    )
    expect([low, high, zero]).toEqual([-3, 1, 75])
    expect(outlines[0]?.[0]?.x).toBe(50)
    expect(outlines[1]?.[0]).toEqual({ x: 0, y: 50 })
    expect(outlines[1]?.at(-1)).toEqual({ x: 100, y: 50 })
    expect(ridgesOf([], 100, 50).outlines).toEqual([])
  })

  it('are read out with their figures', () => {
    const host = mounted(HeapRidge, { name: 'Weights', moments: [{ step: 4, heap: heap() }], dead: 0.25 })
    expect(host.querySelector('title')?.textContent).toContain('mean 0.2500')
    expect(host.querySelector('dl')?.textContent).toContain('25.0 %')
  })
})
