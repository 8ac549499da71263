import { describe, expect, it } from 'vitest'
import { cos, exp, log, sin } from '../../../src/core/data/elementary.ts'
import { Stream } from '../../../src/core/data/random.ts'

const view = new DataView(new ArrayBuffer(8))

/** Distance from `expected` in units of its last place. */
function ulps(value: number, expected: number): number {
  if (Object.is(value, expected)) return 0
  view.setFloat64(0, expected)
  const exponent = Math.max(1, (view.getUint32(0) >>> 20) & 0x7ff)
  return Math.abs(value - expected) / 2 ** (exponent - 1075)
}

function worst(own: (x: number) => number, host: (x: number) => number, argument: (u: number) => number): number {
  const random = new Stream(1, 'data')
  let most = 0
  for (let i = 0; i < 20_000; i++) {
    const x = argument(random.uniform())
    most = Math.max(most, ulps(own(x), host(x)))
  }
  return most
}

/** The host is not exact either: its functions are within 1 ulp, ours as well. */
const tolerance = 2

describe('elementary functions', () => {
  it('agree with the host within 2 ulp', () => {
    for (const scale of [1, 20, 1e6]) {
      expect(worst(sin, Math.sin, (u) => (u - 0.5) * scale)).toBeLessThan(tolerance)
      expect(worst(cos, Math.cos, (u) => (u - 0.5) * scale)).toBeLessThan(tolerance)
    }
    for (const scale of [1, 20, 1480]) {
      expect(worst(exp, Math.exp, (u) => (u - 0.5) * scale)).toBeLessThan(tolerance)
    }
    expect(worst(log, Math.log, (u) => u + 2 ** -40)).toBeLessThan(tolerance)
    expect(worst(log, Math.log, (u) => Math.exp((u - 0.5) * 1400))).toBeLessThan(tolerance)
  })
  it('agree at multiples of pi/2', () => {
    for (let k = -500; k <= 500; k++) {
      expect(ulps(sin((k * Math.PI) / 2), Math.sin((k * Math.PI) / 2))).toBeLessThan(tolerance)
      expect(ulps(cos((k * Math.PI) / 2), Math.cos((k * Math.PI) / 2))).toBeLessThan(tolerance)
    }
  })
  it('are exact where mathematics is', () => {
    expect([sin(0), sin(-0), cos(0), exp(0), log(1)]).toEqual([0, -0, 1, 1, 0])
    expect([exp(1000), exp(-1000), log(0), log(Number.POSITIVE_INFINITY)]).toEqual([
      Number.POSITIVE_INFINITY,
      0,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ])
    expect([log(-1), log(Number.NaN), exp(Number.NaN), sin(Number.NaN), cos(Number.NaN)]).toEqual(
      Array(5).fill(Number.NaN),
    )
    expect(log(5e-324)).toBe(Math.log(5e-324))
    expect(exp(-745)).toBe(5e-324)
  })
  it('refuse angles that cannot be reduced exactly', () => {
    expect(() => sin(2e6)).toThrow(RangeError)
    expect(() => cos(Number.NEGATIVE_INFINITY)).toThrow(RangeError)
  })
})
