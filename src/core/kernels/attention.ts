// Attention's scale, mask and softmax in one pass; the rotation of positions; the router of experts.
import { exp4 } from './math'
import { address, loadPart, real, storePart, word } from './memory'
import { dotRow, pullSoftmax, scaledExponentials, scaleRow } from './softmax'
import { partEnd, partStart } from './threads'
import { cos4, sin4 } from './trigonometry'

/** Rows of a score matrix: row i belongs to the position i modulo the length and sees so many columns. */
@inline
function seen(row: i32, length: i32, width: i32, causal: i32): i32 {
  return causal == 0 ? width : min(width, (row % length) + 1)
}

/** words: scores, out, rows, width, length, scale, causal. Threads share the rows. The scale is positive. */
export function attention_softmax(words: usize): void {
  const width = word(words, 3)
  const rows = word(words, 2)
  const end = partEnd(rows, 1)
  for (let row = partStart(rows, 1); row < end; row++) {
    const from = address(words, 0) + (<usize>(row * width) << 2)
    const to = address(words, 1) + (<usize>(row * width) << 2)
    const columns = seen(row, word(words, 4), width, word(words, 6))
    const total = scaledExponentials(from, to, columns, real(words, 5))
    scaleRow(to, columns, <f32>1 / total)
    memory.fill(to + (<usize>columns << 2), 0, <usize>(width - columns) << 2)
  }
}

/** words: y, dy, out, rows, width, length, scale, causal. Threads share the rows. */
export function attention_softmax_gradient(words: usize): void {
  const width = word(words, 4)
  const rows = word(words, 3)
  const end = partEnd(rows, 1)
  for (let row = partStart(rows, 1); row < end; row++) {
    const start = <usize>(row * width) << 2
    const y = address(words, 0) + start
    const upstream = address(words, 1) + start
    const to = address(words, 2) + start
    const columns = seen(row, word(words, 5), width, word(words, 7))
    pullSoftmax(y, upstream, to, columns, dotRow(y, upstream, columns), real(words, 6))
    memory.fill(to + (<usize>columns << 2), 0, <usize>(width - columns) << 2)
  }
}

/** Turns pairs (i, i + half) by position x frequency i; words: x, out, rows, length, half, sign, frequency[half]. */
export function rotary(words: usize): void {
  const length = word(words, 3)
  const half = word(words, 4)
  const bytes = <usize>half << 2
  const frequencies = words + 24
  for (let position = 0; position < length; position++) {
    for (let i = 0; i < half; i += 4) {
      const left = half - i
      const at = <usize>i << 2
      const frequency = left >= 4 ? v128.load(frequencies + at) : loadPart(frequencies + at, left, 0)
      const angle = f32x4.mul(frequency, f32x4.splat(<f32>position))
      const cosine = cos4(angle)
      const sine = f32x4.mul(sin4(angle), f32x4.splat(real(words, 5)))
      for (let row = position; row < word(words, 2); row += length) {
        const x = address(words, 0) + <usize>row * 2 * bytes + at
        const to = address(words, 1) + <usize>row * 2 * bytes + at
        const first = left >= 4 ? v128.load(x) : loadPart(x, left, 0)
        const second = left >= 4 ? v128.load(x + bytes) : loadPart(x + bytes, left, 0)
        const one = f32x4.relaxed_nmadd(second, sine, f32x4.mul(first, cosine))
        const two = f32x4.relaxed_madd(first, sine, f32x4.mul(second, cosine))
        if (left >= 4) {
          v128.store(to, one)
          v128.store(to + bytes, two)
        } else {
          storePart(to, one, left)
          storePart(to + bytes, two, left)
        }
      }
    }
  }
}

/** Softmax over the `chosen` largest of a row, 0 elsewhere, the first of equals; words: x, out, rows, width, chosen. */
export function route(words: usize): void {
  const width = word(words, 3)
  for (let row = 0; row < word(words, 2); row++) {
    const x = address(words, 0) + (<usize>(row * width) << 2)
    const to = address(words, 1) + (<usize>(row * width) << 2)
    let largest: f32 = -Infinity
    for (let i = 0; i < width; i++) largest = max(largest, load<f32>(x + (<usize>i << 2)))
    let total: f32 = 0
    for (let i = 0; i < width; i++) {
      const value = load<f32>(x + (<usize>i << 2))
      let above = 0
      for (let j = 0; j < width; j++) {
        const other = load<f32>(x + (<usize>j << 2))
        if (other > value || (other == value && j < i)) above++
      }
      let e: f32 = 0
      if (above < word(words, 4)) e = f32x4.extract_lane(exp4(f32x4.splat(value - largest)), 0)
      total += e
      store<f32>(to + (<usize>i << 2), e)
    }
    for (let i = 0; i < width; i++) {
      const at = to + (<usize>i << 2)
      store<f32>(at, load<f32>(at) / total)
    }
  }
}

/** Share of all choices that fell on each column; words: route, out, rows, width, chosen. */
export function expert_load(words: usize): void {
  const width = word(words, 3)
  for (let i = 0; i < width; i++) {
    let count: f32 = 0
    for (let row = 0; row < word(words, 2); row++) {
      if (load<f32>(address(words, 0) + (<usize>(row * width + i) << 2)) > 0) count += 1
    }
    store<f32>(address(words, 1) + (<usize>i << 2), count / <f32>(word(words, 2) * word(words, 4)))
  }
}

/** Sine and cosine of position x frequency in turn; words: out, steps, width, frequency[half the width, rounded up]. */
export function sinusoid(words: usize): void {
  const width = word(words, 2)
  for (let position = 0; position < word(words, 1); position++) {
    for (let column = 0; column < width; column++) {
      const angle = f32x4.splat(real(words, 3 + (column >> 1)) * <f32>position)
      const value = (column & 1) == 0 ? sin4(angle) : cos4(angle)
      store<f32>(address(words, 0) + (<usize>(position * width + column) << 2), f32x4.extract_lane(value, 0))
    }
  }
}
