import { describe, expect, it } from 'vitest'
import { applyOp, relativeError, someNumbers, someValue, type Value } from '../../support/compute.ts'

const lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 255, 256, 257, 300]
const { NaN: nan, POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number

/** Distance of float32 numbers in units in the last place, counted over the whole line of them. */
function ulps(found: number, expected: number): number {
  if (Number.isNaN(found) && Number.isNaN(expected)) return 0
  const bits = new Int32Array(Float32Array.of(found, expected).buffer)
  // Negative numbers are mirrored, so that neighbours differ by one across 0.
  const [a = 0, b = 0] = [...bits].map((word) => (word < 0 ? -(word & 0x7fffffff) : word))
  return Number.isNaN(found) || Number.isNaN(expected) ? infinity : Math.abs(a - b)
}

/** Every exponent of float32 with several mantissas, both signs, denormals and special values among them. */
function wholeRange(): Float32Array {
  const words: number[] = []
  for (let exponent = 0; exponent < 256; exponent++) {
    for (const mantissa of [0, 1, 0x155555, 0x2aaaaa, 0x400000, 0x5a5a5a, 0x7fffff]) {
      const word = exponent * 2 ** 23 + mantissa
      words.push(word, word + 2 ** 31)
    }
  }
  const dense = Array.from({ length: 20001 }, (_, i) => (i - 10000) / 90)
  return Float32Array.from([...new Float32Array(Uint32Array.from(words).buffer), ...dense])
}

function worstUlps(op: string, truth: (x: number) => number, data = wholeRange()): { ulps: number; at: number } {
  const found = applyOp('wasm', op, [{ shape: [data.length], data }])
  let worst = { ulps: 0, at: 0 }
  data.forEach((x, i) => {
    const distance = ulps(found[i] ?? nan, Math.fround(truth(x)))
    if (distance > worst.ulps) worst = { ulps: distance, at: x }
  })
  return worst
}

describe('elementwise kernels', () => {
  for (const op of ['relu', 'sigmoid', 'tanh']) {
    it(`${op} agrees with the reference for every length of the last vector`, () => {
      for (const length of lengths) {
        const value: Value = { shape: [length], data: someNumbers(length).map((x) => 5 * x) }
        // two or three roundings of 6e-8 and a polynomial of two units in the last place
        expect(relativeError(applyOp('wasm', op, [value]), applyOp('reference', op, [value]))).toBeLessThan(1e-6)
        const pair = [value, someValue([length], 8)]
        const [found, expected] = (['wasm', 'reference'] as const).map((kind) => applyOp(kind, `${op}_gradient`, pair))
        expect(relativeError(found ?? [], expected ?? [])).toBeLessThan(1e-6)
      }
    })
  }

  for (const op of ['add', 'sub', 'mul']) {
    it(`${op} equals the reference, rounded once, for every length and way of broadcasting`, () => {
      const check = (...values: readonly Value[]): void => {
        const expected = Float32Array.from(applyOp('reference', op, values))
        expect(applyOp('wasm', op, values)).toEqual(expected)
      }
      for (const n of lengths) {
        check(someValue([n], 1), someValue([n], 2))
        check(someValue([n], 1), someValue([], 2))
        check(someValue([3, n], 1), someValue([n], 2))
        check(someValue([n, 1], 1), someValue([3], 2))
      }
      check(someValue([2, 3, 4], 1), someValue([3, 1], 2))
      check(someValue([2, 1, 4, 1], 1), someValue([3, 1, 5], 2))
      check(someValue([1, 3], 1), someValue([2, 1], 2))
    })
  }

  it('scale, expand and sum agree with the reference for every length', () => {
    for (const n of lengths) {
      const checks: readonly [string, Value, Record<string, unknown>][] = [
        ['scale', someValue([n]), { factor: 0.5 }],
        ['expand', someValue([n]), { shape: [3, n] }],
        ['expand', someValue([n, 1]), { shape: [n, 3] }],
        ['sum', someValue([3, n]), { from: 1, to: 2 }],
        ['sum', someValue([n, 3]), { from: 0, to: 1 }],
        ['sum', someValue([5, n]), { from: 0, to: 1 }],
        ['sum', someValue([2, n, 5]), { from: 1, to: 2 }],
        ['sum', someValue([2, n]), { from: 0, to: 2 }],
      ]
      for (const [op, value, attributes] of checks) {
        const [found, expected] = (['wasm', 'reference'] as const).map((kind) => applyOp(kind, op, [value], attributes))
        const error = relativeError(found ?? [], expected ?? [])
        if (!(error < 1e-5)) expect.fail(`${op} [${value.shape}] ${JSON.stringify(attributes)}: off by ${error}`)
      }
    }
  })
})

describe('elementary functions', () => {
  it('tanh is within 2 units in the last place over the whole range', () => {
    expect(worstUlps('tanh', Math.tanh).ulps).toBeLessThanOrEqual(2)
  })

  it('sigmoid is within 3 units in the last place where e^-x is finite, and below 2^-126 beyond', () => {
    // exp is within 2, the sum and the quotient round once each. Below -88.7 the truth is denormal and e^-x infinite.
    const [normal, beyond] = [wholeRange().filter((x) => !(x < -88)), wholeRange().filter((x) => x < -88)]
    expect(worstUlps('sigmoid', (x) => 1 / (1 + Math.exp(-x)), normal).ulps).toBeLessThanOrEqual(3)
    const small = applyOp('wasm', 'sigmoid', [{ shape: [beyond.length], data: beyond }])
    expect(small.every((y, i) => y >= 0 && y <= Math.max(2 ** -126, 1.001 * Math.exp(beyond[i] ?? 0)))).toBe(true)
  })

  it('relu is exact', () => {
    expect(worstUlps('relu', (x) => Math.max(x, 0))).toEqual({ ulps: 0, at: 0 })
  })

  it('exp within a softmax of two is within 3 units in the last place from 1 down to the smallest denormal', () => {
    const data = Float32Array.from({ length: 20000 }, (_, i) => -i / 180)
    data.forEach((x, i) => {
      if (i % 20 !== 0) return
      // Beside a logit of 0 the exponential is y / (1 - y), for small x the probability itself.
      const [, found = nan] = applyOp('wasm', 'softmax', [{ shape: [1, 2], data: [0, x] }])
      const truth = Math.fround(Math.exp(x) / (1 + Math.exp(x)))
      expect(ulps(found, truth), `softmax [0, ${x}]`).toBeLessThanOrEqual(3)
    })
  })

  it('have their limits at infinity and pass NaN on in every lane', () => {
    const data = [minusInfinity, infinity, nan, 0, -0, 1e-45, -1e-45, nan, minusInfinity, nan, infinity]
    const results = (op: string): number[] => [...applyOp('wasm', op, [{ shape: [data.length], data }])]
    const denormal = Math.fround(1e-45)
    expect(results('tanh').map((value) => value + 0)).toEqual([-1, 1, nan, 0, 0, denormal, -denormal, nan, -1, nan, 1])
    expect(results('sigmoid')).toEqual([0, 1, nan, 0.5, 0.5, 0.5, 0.5, nan, 0, nan, 1])
    expect(results('relu').map((value) => value + 0)).toEqual([
      0,
      infinity,
      nan,
      0,
      0,
      denormal,
      0,
      nan,
      0,
      nan,
      infinity,
    ])
  })

  it('pass NaN on backwards', () => {
    for (const op of ['sigmoid_gradient', 'tanh_gradient']) {
      const values: Value[] = [
        { shape: [5], data: [nan, 0.5, 0.5, 0.5, nan] },
        { shape: [5], data: [1, nan, 1, 1, 1] },
      ]
      expect([...applyOp('wasm', op, values)].map(Number.isNaN)).toEqual([true, true, false, false, true])
    }
  })
})
