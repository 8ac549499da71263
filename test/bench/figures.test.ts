/** What is read from the benchmarks' lines, and the ratios and verdicts made of it. */
import { describe, expect, it } from 'vitest'
import { addLines, caseNames, type Figures, namesIn, ratio, readLines } from '../../bench/report/figures.ts'
import { goals, goalText, judge, verdictText } from '../../bench/report/goals.ts'
import { formatRatio, formatValue } from '../../bench/report/numbers.ts'

const playground = 'playground-2-4-2-1-b10-sgd'

describe('lines of a benchmark', () => {
  it('give steps and products and pass over everything else', () => {
    const text = [
      'Overriding the gradient for ...',
      '{"case":"gpt-30k","threads":2,"parameters":30000,"microsecondsPerStep":812.5,"joined":true}',
      '{"case":"product-96","gflops":95.9}',
      '{broken',
      '{"note":"no case"}',
      '{"case":"gpt-212k","microsecondsPerStep":0}',
      '{"case":"gpt-212k","microsecondsPerStep":"fast"}',
      'null',
    ].join('\n')
    expect(readLines(text)).toEqual([
      { case: 'gpt-30k', value: 812.5, parameters: 30000, joined: true },
      { case: 'product-96', value: 95.9, parameters: null, joined: null },
    ])
  })

  it('fill one column and leave the others', () => {
    const before: Figures = { [playground]: { 'torch-1': 124 } }
    const lines = readLines(`{"case":"${playground}","microsecondsPerStep":1.25}`)
    expect(addLines(before, 'paramap-1', lines)).toEqual({ [playground]: { 'torch-1': 124, 'paramap-1': 1.25 } })
    expect(before).toEqual({ [playground]: { 'torch-1': 124 } })
  })

  it('of cases that the report does not know come last', () => {
    const figures = { 'new-case': {}, 'gpt-30k': {}, [playground]: {} }
    expect(namesIn(figures)).toEqual([playground, 'gpt-30k', 'new-case'])
  })
})

describe('a ratio', () => {
  it('is the peer over ours for times and ours over the peer for products', () => {
    expect(ratio({ 'paramap-1': 2, 'torch-1': 5 }, playground, 'paramap-1', 'torch-1')).toBe(2.5)
    expect(ratio({ 'paramap-1': 100, 'torch-1': 200 }, 'product-96', 'paramap-1', 'torch-1')).toBe(0.5)
  })

  it('is null where one side was not measured', () => {
    expect(ratio({ 'paramap-1': 2 }, playground, 'paramap-1', 'torch-1')).toBeNull()
    expect(ratio(undefined, playground, 'paramap-1', 'torch-1')).toBeNull()
  })
})

describe('goals', () => {
  const verdictsOf = (figures: Figures) =>
    judge(figures).map((verdict) => `${goalText(verdict.goal)}: ${verdictText(verdict)}`)

  it('name only cases that the report knows', () => {
    expect(goals.filter((goal) => !caseNames.includes(goal.case))).toEqual([])
  })

  it('cover every case', () => {
    expect(caseNames.filter((name) => goals.every((goal) => goal.case !== name))).toEqual([])
  })

  it('are met, missed by a share of the bound, or not measured', () => {
    expect(verdictsOf({ [playground]: { 'paramap-1': 1.65, 'torch-1': 99 } })).toEqual([
      'at most 1.5 µs: Paramap, 1 thread: missed by 10%',
      "at least 3x Object graph as Playground's: not measured",
      'at least 60x PyTorch, 1 thread: met',
    ])
    expect(verdictsOf({ 'gpt-30k': { 'paramap-1': 100, 'torch-1': 299, 'paramap-2': 100, 'torch-2': 50 } })).toEqual([
      'at least 3x PyTorch, 1 thread: missed by 0.3%',
      'at least 1x PyTorch, 2 threads: missed by 50%',
    ])
    expect(verdictsOf({ 'product-768': { 'paramap-1': 100, 'plain-1': 39 } })).toEqual([
      'at least 100 GFLOP/s: Paramap, 1 thread: met',
      'at least 52 GFLOP/s: Paramap with 128-bit kernels, 1 thread: missed by 25%',
    ])
  })
})

describe('numbers', () => {
  it('have about three digits and a comma between thousands', () => {
    expect([1.144, 43.46, 136.9, 72387.6].map(formatValue)).toEqual(['1.14', '43.5', '137', '72,388'])
    expect(formatRatio(0.724)).toBe('0.72x')
  })
})
