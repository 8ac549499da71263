// Pictures [N, C, H, W]: patches for convolution and back, pooling.
import { address, loadPart, storePart, word } from './memory'
import { partEnd, partStart } from './threads'

// words 2 to 11 of both: N, C, H, W, kernel height, kernel width, result height, result width, stride, padding; 12: dilation

/** First column of a result row whose pixel lies in the picture, for a kernel column at `shift` from the row's start. */
@inline
function firstInside(shift: i32, stride: i32): i32 {
  return shift >= 0 ? 0 : (stride - 1 - shift) / stride
}

/** Behind the last such column. */
@inline
function endInside(shift: i32, stride: i32, width: i32, columns: i32): i32 {
  return shift >= width ? 0 : min(columns, (width - 1 - shift) / stride + 1)
}

/** x [N, C, H, W] -> patches [C kh kw, N oh ow]. Threads share the kernel's places. */
export function im2col(words: usize): void {
  const N = word(words, 2)
  const C = word(words, 3)
  const H = word(words, 4)
  const W = word(words, 5)
  const kernelW = word(words, 7)
  const kernelArea = word(words, 6) * kernelW
  const rows = word(words, 8)
  const columns = word(words, 9)
  const stride = word(words, 10)
  const line = <usize>columns << 2
  const end = partEnd(C * kernelArea, 1)
  for (let k = partStart(C * kernelArea, 1); k < end; k++) {
    let to = address(words, 1) + <usize>(k * N * rows) * line
    const channel = k / kernelArea
    const shiftY = ((k % kernelArea) / kernelW) * word(words, 12) - word(words, 11)
    const shiftX = (k % kernelW) * word(words, 12) - word(words, 11)
    const first = min(columns, firstInside(shiftX, stride))
    const last = max(first, endInside(shiftX, stride, W, columns))
    for (let n = 0; n < N; n++) {
      const picture = address(words, 0) + (<usize>((n * C + channel) * H * W) << 2)
      for (let row = 0; row < rows; row++) {
        const y = row * stride + shiftY
        if (y < 0 || y >= H) memory.fill(to, 0, line)
        else patchRow(picture + (<usize>(y * W + first * stride + shiftX) << 2), to, columns, first, last, stride)
        to += line
      }
    }
  }
}

/** One row of patches: pixels from `first` to `last`, 0 before and behind. */
@inline
function patchRow(from: usize, to: usize, columns: i32, first: i32, last: i32, stride: i32): void {
  for (let x = 0; x < first; x++) store<f32>(to + (<usize>x << 2), 0)
  for (let x = last; x < columns; x++) store<f32>(to + (<usize>x << 2), 0)
  to += <usize>first << 2
  const count = last - first
  if (stride == 1 && count >= 4) {
    let x = 0
    for (; x + 4 <= count; x += 4) v128.store(to + (<usize>x << 2), v128.load(from + (<usize>x << 2)))
    // the last four once more, some of them for the second time
    const rest = <usize>(count - 4) << 2
    v128.store(to + rest, v128.load(from + rest))
    return
  }
  for (let x = 0; x < count; x++) {
    store<f32>(to, load<f32>(from))
    to += 4
    from += <usize>stride << 2
  }
}

/** Sums patches [C kh kw, N oh ow] back into pictures [N, C, H, W], kernel place after kernel place. Threads share the channels. */
export function col2im(words: usize): void {
  const N = word(words, 2)
  const C = word(words, 3)
  const H = word(words, 4)
  const W = word(words, 5)
  const kernelW = word(words, 7)
  const kernelArea = word(words, 6) * kernelW
  const rows = word(words, 8)
  const columns = word(words, 9)
  const stride = word(words, 10)
  const line = <usize>columns << 2
  const firstChannel = partStart(C, 1)
  const endChannel = partEnd(C, 1)
  for (let n = 0; n < N; n++) {
    const start = address(words, 1) + (<usize>((n * C + firstChannel) * H * W) << 2)
    memory.fill(start, 0, <usize>(max(0, endChannel - firstChannel) * H * W) << 2)
  }
  for (let k = firstChannel * kernelArea; k < endChannel * kernelArea; k++) {
    let from = address(words, 0) + <usize>(k * N * rows) * line
    const channel = k / kernelArea
    const shiftY = ((k % kernelArea) / kernelW) * word(words, 12) - word(words, 11)
    const shiftX = (k % kernelW) * word(words, 12) - word(words, 11)
    const first = min(columns, firstInside(shiftX, stride))
    const last = max(first, endInside(shiftX, stride, W, columns))
    for (let n = 0; n < N; n++) {
      const picture = address(words, 1) + (<usize>((n * C + channel) * H * W) << 2)
      for (let row = 0; row < rows; row++) {
        const y = row * stride + shiftY
        if (y >= 0 && y < H) {
          const to = picture + (<usize>(y * W + first * stride + shiftX) << 2)
          addPatchRow(from + (<usize>first << 2), to, last - first, stride)
        }
        from += line
      }
    }
  }
}

@inline
function addPatchRow(from: usize, to: usize, count: i32, stride: i32): void {
  if (stride == 1) {
    for (; count >= 4; count -= 4) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)))
      to += 16
      from += 16
    }
    if (count > 0) storePart(to, f32x4.add(loadPart(to, count, 0), loadPart(from, count, 0)), count)
    return
  }
  for (; count > 0; count--) {
    store<f32>(to, load<f32>(to) + load<f32>(from))
    to += <usize>stride << 2
    from += 4
  }
}

/** product [C, N, S] + bias [C] -> pictures [N, C, S]; words: product, bias, out, N, C, S. */
export function picture_bias(words: usize): void {
  let to = address(words, 2)
  const pixels = word(words, 5)
  for (let n = 0; n < word(words, 3); n++) {
    for (let channel = 0; channel < word(words, 4); channel++) {
      let from = address(words, 0) + (<usize>((channel * word(words, 3) + n) * pixels) << 2)
      const bias = v128.load32_splat(address(words, 1) + (<usize>channel << 2))
      let left = pixels
      for (; left >= 4; left -= 4) {
        v128.store(to, f32x4.add(v128.load(from), bias))
        from += 16
        to += 16
      }
      if (left > 0) storePart(to, f32x4.add(loadPart(from, left, 0), bias), left)
      to += <usize>left << 2
    }
  }
}

/** [N, C, S] -> [C, N, S]; words: pictures, out, N, C, S. */
export function picture_bias_gradient(words: usize): void {
  let to = address(words, 1)
  const bytes = <usize>word(words, 4) << 2
  for (let channel = 0; channel < word(words, 3); channel++) {
    for (let n = 0; n < word(words, 2); n++) {
      memory.copy(to, address(words, 0) + <usize>(n * word(words, 3) + channel) * bytes, bytes)
      to += bytes
    }
  }
}

// Pools; words: x, [dy,] out, planes (N C), H, W, kernel, stride, padding, result height, result width

/** First element of the largest of a window, row by row; NaN counts as the largest. */
@inline
function largestAt(plane: usize, H: i32, W: i32, kernel: i32, top: i32, left: i32): i32 {
  let best = -1
  let largest: f32 = -Infinity
  const bottom = min(H, top + kernel)
  const right = min(W, left + kernel)
  for (let y = max(0, top); y < bottom; y++) {
    for (let x = max(0, left); x < right; x++) {
      const value = load<f32>(plane + (<usize>(y * W + x) << 2))
      if (best < 0 || value > largest || value != value) {
        largest = value
        best = y * W + x
      }
    }
  }
  return best
}

/** Threads share the planes. */
@inline
const planeGrain: i32 = 1

export function max_pool(words: usize): void {
  const H = word(words, 3)
  const W = word(words, 4)
  const kernel = word(words, 5)
  const stride = word(words, 6)
  const padding = word(words, 7)
  const rows = word(words, 8)
  const columns = word(words, 9)
  const end = partEnd(word(words, 2), planeGrain)
  for (let plane = partStart(word(words, 2), planeGrain); plane < end; plane++) {
    const from = address(words, 0) + (<usize>(plane * H * W) << 2)
    let to = address(words, 1) + (<usize>(plane * rows * columns) << 2)
    for (let row = 0; row < rows; row++) {
      if (kernel == 2 && stride == 2 && padding == 0) {
        maxOfPairs(from + (<usize>(2 * row * W) << 2), W, to, columns)
        to += <usize>columns << 2
        continue
      }
      const top = row * stride - padding
      for (let column = 0; column < columns; column++) {
        const best = largestAt(from, H, W, kernel, top, column * stride - padding)
        store<f32>(to, load<f32>(from + (<usize>best << 2)))
        to += 4
      }
    }
  }
}

/** The larger of two, NaN where one is. */
@inline
function larger(a: v128, b: v128): v128 {
  return f32x4.max(a, b)
}

/** One row of windows of 2 x 2 side by side. */
function maxOfPairs(upper: usize, W: i32, to: usize, columns: i32): void {
  const lower = upper + (<usize>W << 2)
  let column = 0
  for (; column + 4 <= columns; column += 4) {
    const at = <usize>column << 3
    const left = larger(v128.load(upper + at), v128.load(lower + at))
    const right = larger(v128.load(upper + at, 16), v128.load(lower + at, 16))
    const even = v128.shuffle<f32>(left, right, 0, 2, 4, 6)
    const odd = v128.shuffle<f32>(left, right, 1, 3, 5, 7)
    v128.store(to + (<usize>column << 2), larger(even, odd))
  }
  for (; column < columns; column++) {
    const at = <usize>column << 3
    const left = max(load<f32>(upper + at), load<f32>(lower + at))
    const right = max(load<f32>(upper + at, 4), load<f32>(lower + at, 4))
    store<f32>(to + (<usize>column << 2), max(left, right))
  }
}

/** Each upstream number goes to the first of the largest of its window. Threads share the planes. */
export function max_pool_gradient(words: usize): void {
  const H = word(words, 4)
  const W = word(words, 5)
  const kernel = word(words, 6)
  const stride = word(words, 7)
  const padding = word(words, 8)
  const rows = word(words, 9)
  const columns = word(words, 10)
  const end = partEnd(word(words, 3), planeGrain)
  for (let plane = partStart(word(words, 3), planeGrain); plane < end; plane++) {
    const start = <usize>(plane * H * W) << 2
    const from = address(words, 0) + start
    const to = address(words, 2) + start
    let upstream = address(words, 1) + (<usize>(plane * rows * columns) << 2)
    memory.fill(to, 0, <usize>(H * W) << 2)
    for (let row = 0; row < rows; row++) {
      if (kernel == 2 && stride == 2 && padding == 0) {
        const at = <usize>(2 * row * W) << 2
        pullPairs(from + at, W, to + at, upstream, columns)
        upstream += <usize>columns << 2
        continue
      }
      const top = row * stride - padding
      for (let column = 0; column < columns; column++) {
        const best = <usize>largestAt(from, H, W, kernel, top, column * stride - padding) << 2
        store<f32>(to + best, load<f32>(to + best) + load<f32>(upstream))
        upstream += 4
      }
    }
  }
}

/** True for a larger number and for NaN. */
@inline
function beats(value: f32, largest: f32): bool {
  return <bool>(<i32>(value > largest) | <i32>(value != value))
}

/** One row of windows of 2 x 2 side by side, without branches. */
function pullPairs(upper: usize, W: i32, to: usize, upstream: usize, columns: i32): void {
  const stride = <usize>W << 2
  for (let column = 0; column < columns; column++) {
    let largest = load<f32>(upper)
    let best: usize = 0
    let value = load<f32>(upper, 4)
    let wins = beats(value, largest)
    largest = select(value, largest, wins)
    best = select<usize>(4, best, wins)
    value = load<f32>(upper + stride)
    wins = beats(value, largest)
    largest = select(value, largest, wins)
    best = select<usize>(stride, best, wins)
    value = load<f32>(upper + stride, 4)
    best = select<usize>(stride + 4, best, beats(value, largest))
    store<f32>(to + best, load<f32>(upstream) + <f32>0)
    upper += 8
    to += 8
    upstream += 4
  }
}

export function avg_pool(words: usize): void {
  const H = word(words, 3)
  const W = word(words, 4)
  const kernel = word(words, 5)
  const share = <f32>1 / <f32>(kernel * kernel)
  let to = address(words, 1)
  for (let plane = 0; plane < word(words, 2); plane++) {
    const from = address(words, 0) + (<usize>(plane * H * W) << 2)
    for (let row = 0; row < word(words, 8); row++) {
      const top = row * word(words, 6) - word(words, 7)
      for (let column = 0; column < word(words, 9); column++) {
        const left = column * word(words, 6) - word(words, 7)
        let total: f32 = 0
        for (let y = max(0, top); y < min(H, top + kernel); y++) {
          for (let x = max(0, left); x < min(W, left + kernel); x++) total += load<f32>(from + (<usize>(y * W + x) << 2))
        }
        store<f32>(to, total * share)
        to += 4
      }
    }
  }
}

/** words: dy, out, then as above. */
export function avg_pool_gradient(words: usize): void {
  const H = word(words, 3)
  const W = word(words, 4)
  const kernel = word(words, 5)
  const share = <f32>1 / <f32>(kernel * kernel)
  let upstream = address(words, 0)
  memory.fill(address(words, 1), 0, <usize>(word(words, 2) * H * W) << 2)
  for (let plane = 0; plane < word(words, 2); plane++) {
    const to = address(words, 1) + (<usize>(plane * H * W) << 2)
    for (let row = 0; row < word(words, 8); row++) {
      const top = row * word(words, 6) - word(words, 7)
      for (let column = 0; column < word(words, 9); column++) {
        const left = column * word(words, 6) - word(words, 7)
        const part = load<f32>(upstream) * share
        for (let y = max(0, top); y < min(H, top + kernel); y++) {
          for (let x = max(0, left); x < min(W, left + kernel); x++) {
            const cell = to + (<usize>(y * W + x) << 2)
            store<f32>(cell, load<f32>(cell) + part)
          }
        }
        upstream += 4
      }
    }
  }
}
