/**
 * sin, cos, exp and log in float64 from + - * / alone: the same bits in every engine, which the host's Math does not
 * promise. Method and constants are those of FreeBSD's msun (fdlibm, Sun Microsystems 1993); errors stay below 1 ulp.
 */

const bits = new DataView(new ArrayBuffer(8))

// pi/2 in three parts of 33 bits, so that a small multiple of each is exact, and what remains of it.
const twoOverPi = 0.6366197723675814
const halfPi1 = 1.5707963267341256
const halfPi2 = 6.077100506303966e-11
const halfPi3 = 2.0222662487111665e-21
const halfPi3Tail = 8.4784276603689e-32

/** Largest argument of sin and cos: below it the multiples of the parts of pi/2 are exact. */
export const largestAngle = 2 ** 20

/** x - quadrant * pi/2 as the sum of two numbers, |sum| <= pi/4. */
function reduceAngle(x: number): { quadrant: number; high: number; low: number } {
  if (Math.abs(x) > largestAngle) throw new RangeError(`sin, cos: |x| <= 2^20, got ${x}`)
  const quadrant = Math.floor(x * twoOverPi + 0.5)
  const first = x - quadrant * halfPi1
  const second = first - quadrant * halfPi2
  const lost = quadrant * halfPi2 - (first - second)
  const third = second - quadrant * halfPi3
  const lostToo = quadrant * halfPi3 - (second - third)
  const tail = quadrant * halfPi3Tail + lost + lostToo
  const high = third - tail
  return { quadrant, high, low: third - high - tail }
}

/** sin(x + y) for |x| <= pi/4, y its tail: a polynomial of degree 13. */
function sinNearZero(x: number, y: number): number {
  const z = x * x
  const r =
    0.00833333333332249 +
    z * (-0.0001984126982985795 + z * 0.0000027557313707070068) +
    z * z * z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)
  const v = z * x
  return x - (z * (0.5 * y - v * r) - y - v * -0.16666666666666632)
}

/** cos(x + y) for |x| <= pi/4, y its tail: a polynomial of degree 14. */
function cosNearZero(x: number, y: number): number {
  const z = x * x
  const r =
    z * (0.0416666666666666 + z * (-0.001388888888887411 + z * 0.00002480158728947673)) +
    z * z * z * z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11))
  const half = 0.5 * z
  const w = 1 - half
  return w + (1 - w - half + (z * r - x * y))
}

/** Sine of x in radians, |x| <= 2^20. */
export function sin(x: number): number {
  const { quadrant, high, low } = reduceAngle(x)
  const value = quadrant % 2 === 0 ? sinNearZero(high, low) : cosNearZero(high, low)
  return (quadrant & 2) === 0 ? value : -value
}

/** Cosine of x in radians, |x| <= 2^20. */
export function cos(x: number): number {
  const { quadrant, high, low } = reduceAngle(x)
  const value = quadrant % 2 === 0 ? cosNearZero(high, low) : sinNearZero(high, low)
  return ((quadrant + 1) & 2) === 0 ? value : -value
}

const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10
const overLn2 = Math.LOG2E
/** Beyond these exp is Infinity or 0. */
const expOverflow = 709.782712893384
const expUnderflow = -745.1332191019411

/** 2^k for -1022 <= k <= 1023, made from its bits. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20)
  bits.setUint32(4, 0)
  return bits.getFloat64(0)
}

/** e to the power of x. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x
  if (x > expOverflow) return Number.POSITIVE_INFINITY
  if (x < expUnderflow) return 0
  // x = k ln 2 + r, |r| <= ln 2 / 2; e^x = 2^k e^r.
  const k = Math.floor(x * overLn2 + 0.5)
  const high = x - k * ln2High
  const low = k * ln2Low
  const r = high - low
  const t = r * r
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))))
  const y = 1 - (low - (r * c) / (2 - c) - high)
  // In two steps: 2^1024 is no number, and the last step alone may round to a subnormal one.
  const half = k >> 1
  return y * powerOfTwo(half) * powerOfTwo(k - half)
}

/** Natural logarithm of x. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN
  if (x === 0) return Number.NEGATIVE_INFINITY
  if (x === Number.POSITIVE_INFINITY) return x
  // x = 2^k m with sqrt(1/2) <= m < sqrt(2); subnormal numbers are made normal first.
  const subnormal = x < 2 ** -1022
  bits.setFloat64(0, subnormal ? x * 2 ** 54 : x)
  const top = bits.getUint32(0)
  let k = (top >>> 20) - 1023 - (subnormal ? 54 : 0)
  bits.setUint32(0, (top & 0xfffff) | 0x3ff00000)
  let m = bits.getFloat64(0)
  if (m > Math.SQRT2) {
    m /= 2
    k += 1
  }
  const f = m - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const half = 0.5 * f * f
  return s * (half + odd + even) + k * ln2Low - half + f + k * ln2High
}
