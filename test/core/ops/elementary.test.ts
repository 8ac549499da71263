/** Activations and elementwise ops: the kernels against float64, at the edges of the vector and of the numbers. */
import { describe, expect, it } from 'vitest'
import { erf } from '../../../src/core/ops/normal.ts'
import { applyOp, relativeError, someValue, type Value } from '../../support/compute.ts'

const lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 33]
const { NaN: nan, POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number

/** Many numbers on both sides of 0, as float32 holds them. */
const wide = (most: number): Float32Array => Float32Array.from({ length: 4001 }, (_, i) => ((i - 2000) / 2000) * most)

// Two or three roundings of 2^-24 and a polynomial of two units in the last place.
const allowed = 1e-6

const unary: Readonly<Record<string, number>> = {
  leaky_relu: 100,
  elu: 20,
  gelu: 12,
  gelu_tanh: 12,
  silu: 40,
  mish: 40,
  softplus: 60,
  softsign: 1000,
  sine: 1000,
  exp: 20,
  square: 100,
  abs: 100,
  sign: 100,
}

describe('elementwise ops of one value', () => {
  for (const [op, most] of Object.entries(unary)) {
    it(`${op} and its gradient agree with float64`, () => {
      const data = wide(most)
      const value: Value = { shape: [data.length], data }
      expect(relativeError(applyOp('wasm', op, [value]), applyOp('reference', op, [value]))).toBeLessThan(allowed)
      if (op === 'sign') return
      const kept = ['elu', 'exp'].includes(op) ? { shape: value.shape, data: applyOp('reference', op, [value]) } : value
      const pair = [kept, someValue([data.length], 3)]
      const [found, expected] = (['wasm', 'reference'] as const).map((kind) => applyOp(kind, `${op}_gradient`, pair))
      expect(relativeError(found ?? [], expected ?? [])).toBeLessThan(allowed)
    })

    it(`${op} is the same in every place of the vector`, () => {
      const data = wide(most)
      const whole = applyOp('wasm', op, [{ shape: [data.length], data }])
      for (const n of lengths) {
        const from = 1900
        const part = applyOp('wasm', op, [{ shape: [n], data: data.slice(from, from + n) }])
        expect(part).toEqual(whole.slice(from, from + n))
      }
    })
  }

  it('log is within a relative 1e-6 from the smallest denormal to the largest number', () => {
    const data = Float32Array.from({ length: 2770 }, (_, i) => 2 ** (-149 + i / 10)).map((x) => Math.min(x, 3.4e38))
    const found = applyOp('wasm', 'log', [{ shape: [data.length], data }])
    data.forEach((x, i) => {
      const truth = Math.log(x)
      const gap = Math.abs((found[i] ?? nan) - truth)
      if (!(gap <= 1e-6 * Math.max(Math.abs(truth), 0.1))) expect.fail(`log ${x}: ${found[i]}, not ${truth}`)
    })
  })

  it('sine stays exact to 2^20 and within -1 and 1 beyond', () => {
    const data = Float32Array.from({ length: 3000 }, (_, i) => 2 ** 20 * (i / 3000) + i / 7)
    const value: Value = { shape: [data.length], data }
    // values of the order of 1: reduction, polynomial and result round once each at 6e-8
    expect(relativeError(applyOp('wasm', 'sine', [value]), applyOp('reference', 'sine', [value]))).toBeLessThan(2e-7)
    for (const y of applyOp('wasm', 'sine', [{ shape: [3], data: [1e10, -3e38, 1e30] }])) {
      expect(Math.abs(y)).toBeLessThanOrEqual(1)
    }
  })

  it('have their limits and pass NaN on', () => {
    const results = (op: string, ...data: number[]): number[] => [
      ...applyOp('wasm', op, [{ shape: [data.length], data }]),
    ]
    expect(results('log', 0, -1, infinity, nan, 1)).toEqual([minusInfinity, nan, infinity, nan, 0])
    expect(results('sine', infinity, minusInfinity, nan, 0)).toEqual([nan, nan, nan, 0])
    expect(results('softplus', minusInfinity, infinity, nan, -200)).toEqual([0, infinity, nan, 0])
    expect(results('elu', minusInfinity, infinity, nan, 0)).toEqual([-1, infinity, nan, 0])
    expect(results('gelu', 50, -50, nan).map((y) => y + 0)).toEqual([50, 0, nan])
    expect(results('mish', 100, nan)).toEqual([100, nan])
    expect(results('sign', -3, 0, 2, nan)).toEqual([-1, 0, 1, nan])
  })

  it('erf agrees with its tabled values', () => {
    // Abramowitz and Stegun, table 7.1, which prints ten digits
    expect(erf(0.5)).toBeCloseTo(0.5204998778, 10)
    expect(erf(1)).toBeCloseTo(0.8427007929, 10)
    expect(erf(-2)).toBeCloseTo(-0.995322265, 10)
    expect(erf(7)).toBe(1)
  })
})

describe('ops of two and three values', () => {
  const same = (op: string, values: readonly Value[], attributes = {}): void => {
    const expected = Float32Array.from(applyOp('reference', op, values, attributes))
    expect(applyOp('wasm', op, values, attributes)).toEqual(expected)
  }

  it('are rounded once for every length and way of broadcasting', () => {
    for (const op of ['div', 'maximum', 'minimum', 'greater', 'equal']) {
      for (const n of lengths) {
        same(op, [someValue([n], 1), someValue([n], 2)])
        same(op, [someValue([n], 1), someValue([], 2)])
        same(op, [someValue([3, n], 1), someValue([n], 2)])
        same(op, [someValue([n, 1], 1), someValue([3], 2)])
      }
      same(op, [
        { shape: [3], data: [nan, 1, 2] },
        { shape: [3], data: [1, 1, nan] },
      ])
    }
  })

  it('select takes from either side and broadcasts all three', () => {
    const condition: Value = { shape: [4], data: [0, 1, 0, -2] }
    same('select', [condition, someValue([3, 1], 2), someValue([3, 4], 3)])
    same('select', [{ shape: [], data: [1] }, someValue([5], 2), someValue([], 3)])
    expect(() => applyOp('reference', 'select', [condition, someValue([3]), someValue([4])])).toThrow('select: sides')
  })

  it('clamp holds within its bounds, ends included, also backwards', () => {
    const x: Value = { shape: [5], data: [-2, -1, 0.25, 1, 3] }
    const ones: Value = { shape: [5], data: [1, 1, 1, 1, 1] }
    expect([...applyOp('wasm', 'clamp', [x], { min: -1, max: 1 })]).toEqual([-1, -1, 0.25, 1, 1])
    expect([...applyOp('wasm', 'clamp_gradient', [x, ones], { min: -1, max: 1 })]).toEqual([0, 1, 1, 1, 0])
    expect(() => applyOp('reference', 'clamp', [x], { min: 2, max: 1 })).toThrow('clamp: min is at most max')
  })
})
