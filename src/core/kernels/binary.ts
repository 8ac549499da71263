// Elementwise kernels of two and three values with broadcasting: four axes, each with a stride a side.
import { address, word } from './memory'
import { partEnd, partStart } from './threads'

/** What a loop computes; always a constant, so that only one case is left in each kernel. */
const enum Join {
  add, sub, mul, div, maximum, minimum, greater, equal,
}

@inline
function joined(a: v128, b: v128, join: Join): v128 {
  if (join == Join.add) return f32x4.add(a, b)
  if (join == Join.sub) return f32x4.sub(a, b)
  if (join == Join.mul) return f32x4.mul(a, b)
  if (join == Join.div) return f32x4.div(a, b)
  if (join == Join.maximum) return f32x4.max(a, b)
  if (join == Join.minimum) return f32x4.min(a, b)
  const one = f32x4.splat(1)
  return join == Join.greater ? v128.and(f32x4.gt(a, b), one) : v128.and(f32x4.eq(a, b), one)
}

/** Four neighbours, or one number four times where it is repeated. */
@inline
function side(at: usize, step: i32): v128 {
  return step == 1 ? v128.load(at) : v128.load32_splat(at)
}

/** The innermost axis. */
@inline
function row(a: usize, stepA: i32, b: usize, stepB: i32, out: usize, inner: i32, join: Join): void {
  let n = 0
  if (stepA == 1 && stepB == 1) {
    for (; n + 8 <= inner; n += 8) {
      const at = <usize>n << 2
      const low = joined(v128.load(a + at), v128.load(b + at), join)
      const high = joined(v128.load(a + at, 16), v128.load(b + at, 16), join)
      v128.store(out + at, low)
      v128.store(out + at, high, 16)
    }
    for (; n + 4 <= inner; n += 4) {
      const x = v128.load(a + (<usize>n << 2))
      const y = v128.load(b + (<usize>n << 2))
      v128.store(out + (<usize>n << 2), joined(x, y, join))
    }
  } else if ((stepA | stepB) <= 1) {
    for (; n + 4 <= inner; n += 4) {
      const x = side(a + (<usize>(n * stepA) << 2), stepA)
      const y = side(b + (<usize>(n * stepB) << 2), stepB)
      v128.store(out + (<usize>n << 2), joined(x, y, join))
    }
  }
  for (; n < inner; n++) {
    const x = v128.load32_splat(a + (<usize>(n * stepA) << 2))
    const y = v128.load32_splat(b + (<usize>(n * stepB) << 2))
    store<f32>(out + (<usize>n << 2), f32x4.extract_lane(joined(x, y, join), 0))
  }
}

/** Threads share the innermost axis by whole cache lines. */
@inline
const grain: i32 = 64

/** words: a, b, out, sides[4], strides of a[4], strides of b[4]. */
@inline
function broadcast(words: usize, join: Join): void {
  let out = address(words, 2)
  const inner = word(words, 6)
  const first = partStart(inner, grain)
  const count = partEnd(inner, grain) - first
  const firstA = <usize>(first * word(words, 10)) << 2
  const firstB = <usize>(first * word(words, 14)) << 2
  for (let i = 0; i < word(words, 3); i++) {
    for (let j = 0; j < word(words, 4); j++) {
      for (let k = 0; k < word(words, 5); k++) {
        const a = address(words, 0) + (<usize>(i * word(words, 7) + j * word(words, 8) + k * word(words, 9)) << 2)
        const b = address(words, 1) + (<usize>(i * word(words, 11) + j * word(words, 12) + k * word(words, 13)) << 2)
        row(a + firstA, word(words, 10), b + firstB, word(words, 14), out + (<usize>first << 2), count, join)
        out += <usize>inner << 2
      }
    }
  }
}

/** out = a + b. */
export function add(words: usize): void {
  broadcast(words, Join.add)
}

/** out = a - b. */
export function sub(words: usize): void {
  broadcast(words, Join.sub)
}

/** out = a * b. */
export function mul(words: usize): void {
  broadcast(words, Join.mul)
}

/** out = a / b. */
export function div(words: usize): void {
  broadcast(words, Join.div)
}

/** out = the larger of a and b. */
export function maximum(words: usize): void {
  broadcast(words, Join.maximum)
}

/** out = the smaller of a and b. */
export function minimum(words: usize): void {
  broadcast(words, Join.minimum)
}

/** out = 1 where a > b, else 0. */
export function greater(words: usize): void {
  broadcast(words, Join.greater)
}

/** out = 1 where a = b, else 0. */
export function equal(words: usize): void {
  broadcast(words, Join.equal)
}

/** out = a where c is not 0, else b; words: c, a, b, out, sides[4], strides of c[4], of a[4], of b[4]. */
export function select(words: usize): void {
  let out = address(words, 3)
  const inner = word(words, 7)
  for (let i = 0; i < word(words, 4); i++) {
    for (let j = 0; j < word(words, 5); j++) {
      for (let k = 0; k < word(words, 6); k++) {
        const c = address(words, 0) + (<usize>(i * word(words, 8) + j * word(words, 9) + k * word(words, 10)) << 2)
        const a = address(words, 1) + (<usize>(i * word(words, 12) + j * word(words, 13) + k * word(words, 14)) << 2)
        const b = address(words, 2) + (<usize>(i * word(words, 16) + j * word(words, 17) + k * word(words, 18)) << 2)
        for (let n = 0; n < inner; n++) {
          const chosen = load<f32>(c + (<usize>(n * word(words, 11)) << 2)) != 0
          const from = chosen ? a + (<usize>(n * word(words, 15)) << 2) : b + (<usize>(n * word(words, 19)) << 2)
          store<f32>(out, load<f32>(from))
          out += 4
        }
      }
    }
  }
}
