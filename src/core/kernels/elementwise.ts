// Elementwise kernels. All have one of four forms, so that who has read one has read all.
import { address, loadPart, real, storePart, word } from './memory'
import { relu4, sigmoid4, tanh4 } from './math'

/** out = a + b over four axes; words: a, b, out, sides[4], strides of a[4], strides of b[4]. */
export function add(words: usize): void {
  let out = address(words, 2)
  const inner = word(words, 6)
  const stepA = word(words, 10)
  const stepB = word(words, 14)
  for (let i = 0; i < word(words, 3); i++) {
    for (let j = 0; j < word(words, 4); j++) {
      for (let k = 0; k < word(words, 5); k++) {
        const a0 = address(words, 0) + (<usize>(i * word(words, 7) + j * word(words, 8) + k * word(words, 9)) << 2)
        const b0 = address(words, 1) + (<usize>(i * word(words, 11) + j * word(words, 12) + k * word(words, 13)) << 2)
        let n = 0
        if (stepA == 1 && stepB == 1) {
          for (; n + 4 <= inner; n += 4) {
            const a = v128.load(a0 + (<usize>n << 2))
            const b = v128.load(b0 + (<usize>n << 2))
            v128.store(out + (<usize>n << 2), f32x4.add(a, b))
          }
        }
        for (; n < inner; n++) {
          const x = load<f32>(a0 + (<usize>(n * stepA) << 2))
          const y = load<f32>(b0 + (<usize>(n * stepB) << 2))
          store<f32>(out + (<usize>n << 2), x + y)
        }
        out += <usize>inner << 2
      }
    }
  }
}

/** out = a - b over four axes; words: a, b, out, sides[4], strides of a[4], strides of b[4]. */
export function sub(words: usize): void {
  let out = address(words, 2)
  const inner = word(words, 6)
  const stepA = word(words, 10)
  const stepB = word(words, 14)
  for (let i = 0; i < word(words, 3); i++) {
    for (let j = 0; j < word(words, 4); j++) {
      for (let k = 0; k < word(words, 5); k++) {
        const a0 = address(words, 0) + (<usize>(i * word(words, 7) + j * word(words, 8) + k * word(words, 9)) << 2)
        const b0 = address(words, 1) + (<usize>(i * word(words, 11) + j * word(words, 12) + k * word(words, 13)) << 2)
        let n = 0
        if (stepA == 1 && stepB == 1) {
          for (; n + 4 <= inner; n += 4) {
            const a = v128.load(a0 + (<usize>n << 2))
            const b = v128.load(b0 + (<usize>n << 2))
            v128.store(out + (<usize>n << 2), f32x4.sub(a, b))
          }
        }
        for (; n < inner; n++) {
          const x = load<f32>(a0 + (<usize>(n * stepA) << 2))
          const y = load<f32>(b0 + (<usize>(n * stepB) << 2))
          store<f32>(out + (<usize>n << 2), x - y)
        }
        out += <usize>inner << 2
      }
    }
  }
}

/** out = a * b over four axes; words: a, b, out, sides[4], strides of a[4], strides of b[4]. */
export function mul(words: usize): void {
  let out = address(words, 2)
  const inner = word(words, 6)
  const stepA = word(words, 10)
  const stepB = word(words, 14)
  for (let i = 0; i < word(words, 3); i++) {
    for (let j = 0; j < word(words, 4); j++) {
      for (let k = 0; k < word(words, 5); k++) {
        const a0 = address(words, 0) + (<usize>(i * word(words, 7) + j * word(words, 8) + k * word(words, 9)) << 2)
        const b0 = address(words, 1) + (<usize>(i * word(words, 11) + j * word(words, 12) + k * word(words, 13)) << 2)
        let n = 0
        if (stepA == 1 && stepB == 1) {
          for (; n + 4 <= inner; n += 4) {
            const a = v128.load(a0 + (<usize>n << 2))
            const b = v128.load(b0 + (<usize>n << 2))
            v128.store(out + (<usize>n << 2), f32x4.mul(a, b))
          }
        }
        for (; n < inner; n++) {
          const x = load<f32>(a0 + (<usize>(n * stepA) << 2))
          const y = load<f32>(b0 + (<usize>(n * stepB) << 2))
          store<f32>(out + (<usize>n << 2), x * y)
        }
        out += <usize>inner << 2
      }
    }
  }
}

/** out = max(0, x); words: x, out, count. */
export function relu(words: usize): void {
  reluRows(address(words, 0), address(words, 1), word(words, 2))
}

/** The same for `count` floats from one address to another, which may be equal. */
export function reluRows(from: usize, to: usize, count: i32): void {
  for (; count >= 4; count -= 4) {
    const x = v128.load(from)
    v128.store(to, relu4(x))
    from += 16
    to += 16
  }
  if (count > 0) {
    const x = loadPart(from, count, 0)
    storePart(to, relu4(x), count)
  }
}

/** out = 1 / (1 + e^-x); words: x, out, count. */
export function sigmoid(words: usize): void {
  sigmoidRows(address(words, 0), address(words, 1), word(words, 2))
}

/** The same for `count` floats from one address to another, which may be equal. */
export function sigmoidRows(from: usize, to: usize, count: i32): void {
  for (; count >= 4; count -= 4) {
    const x = v128.load(from)
    v128.store(to, sigmoid4(x))
    from += 16
    to += 16
  }
  if (count > 0) {
    const x = loadPart(from, count, 0)
    storePart(to, sigmoid4(x), count)
  }
}

/** out = tanh x; words: x, out, count. */
export function tanh(words: usize): void {
  tanhRows(address(words, 0), address(words, 1), word(words, 2))
}

/** The same for `count` floats from one address to another, which may be equal. */
export function tanhRows(from: usize, to: usize, count: i32): void {
  for (; count >= 4; count -= 4) {
    const x = v128.load(from)
    v128.store(to, tanh4(x))
    from += 16
    to += 16
  }
  if (count > 0) {
    const x = loadPart(from, count, 0)
    storePart(to, tanh4(x), count)
  }
}

/** out = dy where y > 0, else 0; words: y, dy, out, count. */
export function relu_gradient(words: usize): void {
  let saved = address(words, 0)
  let upstream = address(words, 1)
  let out = address(words, 2)
  let count = word(words, 3)
  for (; count >= 4; count -= 4) {
    const y = v128.load(saved)
    const dy = v128.load(upstream)
    v128.store(out, v128.and(f32x4.gt(y, f32x4.splat(0)), dy))
    saved += 16
    upstream += 16
    out += 16
  }
  if (count > 0) {
    const y = loadPart(saved, count, 0)
    const dy = loadPart(upstream, count, 0)
    storePart(out, v128.and(f32x4.gt(y, f32x4.splat(0)), dy), count)
  }
}

/** out = y (1 - y) dy; words: y, dy, out, count. */
export function sigmoid_gradient(words: usize): void {
  let saved = address(words, 0)
  let upstream = address(words, 1)
  let out = address(words, 2)
  let count = word(words, 3)
  for (; count >= 4; count -= 4) {
    const y = v128.load(saved)
    const dy = v128.load(upstream)
    v128.store(out, f32x4.mul(f32x4.mul(y, f32x4.sub(f32x4.splat(1), y)), dy))
    saved += 16
    upstream += 16
    out += 16
  }
  if (count > 0) {
    const y = loadPart(saved, count, 0)
    const dy = loadPart(upstream, count, 0)
    storePart(out, f32x4.mul(f32x4.mul(y, f32x4.sub(f32x4.splat(1), y)), dy), count)
  }
}

/** out = (1 - y^2) dy; words: y, dy, out, count. */
export function tanh_gradient(words: usize): void {
  let saved = address(words, 0)
  let upstream = address(words, 1)
  let out = address(words, 2)
  let count = word(words, 3)
  for (; count >= 4; count -= 4) {
    const y = v128.load(saved)
    const dy = v128.load(upstream)
    v128.store(out, f32x4.mul(f32x4.relaxed_nmadd(y, y, f32x4.splat(1)), dy))
    saved += 16
    upstream += 16
    out += 16
  }
  if (count > 0) {
    const y = loadPart(saved, count, 0)
    const dy = loadPart(upstream, count, 0)
    storePart(out, f32x4.mul(f32x4.relaxed_nmadd(y, y, f32x4.splat(1)), dy), count)
  }
}

/** out = x * factor; words: x, out, count, factor. */
export function scale(words: usize): void {
  let from = address(words, 0)
  let to = address(words, 1)
  const factor = f32x4.splat(real(words, 3))
  let count = word(words, 2)
  for (; count >= 4; count -= 4) {
    v128.store(to, f32x4.mul(v128.load(from), factor))
    from += 16
    to += 16
  }
  if (count > 0) storePart(to, f32x4.mul(loadPart(from, count, 0), factor), count)
}

/** Repeats x along axes of stride 0; words: x, out, sides[4], strides[4]. */
export function expand(words: usize): void {
  let out = address(words, 1)
  const inner = word(words, 5)
  const step = word(words, 9)
  for (let i = 0; i < word(words, 2); i++) {
    for (let j = 0; j < word(words, 3); j++) {
      for (let k = 0; k < word(words, 4); k++) {
        const row = address(words, 0) + (<usize>(i * word(words, 6) + j * word(words, 7) + k * word(words, 8)) << 2)
        for (let n = 0; n < inner; n++) {
          store<f32>(out, load<f32>(row + (<usize>(n * step) << 2)))
          out += 4
        }
      }
    }
  }
}

/** Copies count floats; words: from, to, count. */
export function copy(words: usize): void {
  memory.copy(address(words, 1), address(words, 0), <usize>word(words, 2) << 2)
}
