// Batch normalisation of [rows, channels, pixels]: four channels at a time where there is one pixel, else along the pixels.
import { address, put, real, root, some, word } from './memory'
import { affineRow, dotDistance, pullRow, squaredDistance } from './norm'
import { sumRow } from './reduce'

@inline
function float(at: usize, index: i32): f32 {
  return load<f32>(at + (<usize>index << 2))
}

/** Mean and variance (over n, not n - 1) of each channel; words: x, out [2, channels], rows, channels, pixels. */
export function batch_statistics(words: usize): void {
  const x = address(words, 0)
  const mean = address(words, 1)
  const rows = word(words, 2)
  const channels = word(words, 3)
  const pixels = word(words, 4)
  const variance = mean + (<usize>channels << 2)
  if (pixels == 1) {
    columnStatistics(x, mean, variance, rows, channels)
    return
  }
  const count = <f32>(rows * pixels)
  for (let channel = 0; channel < channels; channel++) {
    let total: f32 = 0
    for (let row = 0; row < rows; row++) {
      total += sumRow(x + (<usize>((row * channels + channel) * pixels) << 2), pixels)
    }
    const center = total / count
    let square: f32 = 0
    for (let row = 0; row < rows; row++) {
      square += squaredDistance(x + (<usize>((row * channels + channel) * pixels) << 2), pixels, center)
    }
    store<f32>(mean + (<usize>channel << 2), center)
    store<f32>(variance + (<usize>channel << 2), square / count)
  }
}

function columnStatistics(x: usize, mean: usize, variance: usize, rows: i32, channels: i32): void {
  const stride = <usize>channels << 2
  const share = f32x4.splat(<f32>1 / <f32>rows)
  for (let channel = 0; channel < channels; channel += 4) {
    const left = channels - channel
    const at = <usize>channel << 2
    let total = f32x4.splat(0)
    for (let row = 0; row < rows; row++) total = f32x4.add(total, some(x + at + <usize>row * stride, left))
    const center = f32x4.mul(total, share)
    let square = f32x4.splat(0)
    for (let row = 0; row < rows; row++) {
      const gap = f32x4.sub(some(x + at + <usize>row * stride, left), center)
      square = f32x4.relaxed_madd(gap, gap, square)
    }
    put(mean + at, center, left)
    put(variance + at, f32x4.mul(square, share), left)
  }
}

/** 1 / sqrt(variance + epsilon) of four channels. */
@inline
function scale4(variance: v128, epsilon: f32): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon))))
}

/** words: x, statistics [2, channels], weight, bias, out, rows, channels, pixels, epsilon. */
export function batch_norm(words: usize): void {
  const x = address(words, 0)
  const mean = address(words, 1)
  const weight = address(words, 2)
  const bias = address(words, 3)
  const to = address(words, 4)
  const rows = word(words, 5)
  const channels = word(words, 6)
  const pixels = word(words, 7)
  const epsilon = real(words, 8)
  const variance = mean + (<usize>channels << 2)
  if (pixels > 1) {
    for (let row = 0; row < rows * channels; row++) {
      const channel = row % channels
      const factor = float(weight, channel) / root(float(variance, channel) + epsilon)
      const at = <usize>(row * pixels) << 2
      affineRow(x + at, to + at, pixels, float(mean, channel), factor, float(bias, channel))
    }
    return
  }
  for (let channel = 0; channel < channels; channel += 4) {
    const left = channels - channel
    const column = <usize>channel << 2
    const center = some(mean + column, left)
    const factor = f32x4.mul(some(weight + column, left), scale4(some(variance + column, left), epsilon))
    const offset = some(bias + column, left)
    for (let row = 0; row < rows; row++) {
      const at = column + (<usize>(row * channels) << 2)
      put(to + at, f32x4.relaxed_madd(f32x4.sub(some(x + at, left), center), factor, offset), left)
    }
  }
}

/** Sum of dy times the normalised x; words: x, statistics, dy, out [channels], rows, channels, pixels, epsilon. */
export function batch_norm_weight_gradient(words: usize): void {
  const x = address(words, 0)
  const mean = address(words, 1)
  const upstream = address(words, 2)
  const to = address(words, 3)
  const rows = word(words, 4)
  const channels = word(words, 5)
  const pixels = word(words, 6)
  const epsilon = real(words, 7)
  const variance = mean + (<usize>channels << 2)
  if (pixels > 1) {
    for (let channel = 0; channel < channels; channel++) {
      let total: f32 = 0
      for (let row = 0; row < rows; row++) {
        const at = <usize>((row * channels + channel) * pixels) << 2
        total += dotDistance(upstream + at, x + at, pixels, float(mean, channel))
      }
      store<f32>(to + (<usize>channel << 2), total / root(float(variance, channel) + epsilon))
    }
    return
  }
  for (let channel = 0; channel < channels; channel += 4) {
    const left = channels - channel
    const column = <usize>channel << 2
    const center = some(mean + column, left)
    let total = f32x4.splat(0)
    for (let row = 0; row < rows; row++) {
      const at = column + (<usize>(row * channels) << 2)
      total = f32x4.relaxed_madd(some(upstream + at, left), f32x4.sub(some(x + at, left), center), total)
    }
    put(to + column, f32x4.mul(total, scale4(some(variance + column, left), epsilon)), left)
  }
}

/**
 * Gradient with respect to x, through the batch's mean and variance where `share` is 1 / (rows x pixels), past them where
 * it is 0; words: x, statistics, weight, dy, dweight, dbias, out, rows, channels, pixels, epsilon, share.
 */
export function batch_norm_gradient(words: usize): void {
  const x = address(words, 0)
  const mean = address(words, 1)
  const weight = address(words, 2)
  const upstream = address(words, 3)
  const slope = address(words, 4)
  const offset = address(words, 5)
  const to = address(words, 6)
  const rows = word(words, 7)
  const channels = word(words, 8)
  const pixels = word(words, 9)
  const epsilon = real(words, 10)
  const share = real(words, 11)
  const variance = mean + (<usize>channels << 2)
  if (pixels > 1) {
    for (let row = 0; row < rows * channels; row++) {
      const channel = row % channels
      const scale = <f32>1 / root(float(variance, channel) + epsilon)
      const factor = float(weight, channel) * scale
      const along = factor * scale * float(slope, channel) * share
      const shift = factor * float(offset, channel) * share
      const at = <usize>(row * pixels) << 2
      pullRow(upstream + at, x + at, to + at, pixels, factor, float(mean, channel), along, shift)
    }
    return
  }
  const part = f32x4.splat(share)
  for (let channel = 0; channel < channels; channel += 4) {
    const left = channels - channel
    const column = <usize>channel << 2
    const center = some(mean + column, left)
    const scale = scale4(some(variance + column, left), epsilon)
    const factor = f32x4.mul(some(weight + column, left), scale)
    const along = f32x4.mul(f32x4.mul(f32x4.mul(factor, scale), some(slope + column, left)), part)
    const shift = f32x4.mul(f32x4.mul(factor, some(offset + column, left)), part)
    for (let row = 0; row < rows; row++) {
      const at = column + (<usize>(row * channels) << 2)
      const own = f32x4.sub(f32x4.mul(some(upstream + at, left), factor), shift)
      put(to + at, f32x4.relaxed_nmadd(f32x4.sub(some(x + at, left), center), along, own), left)
    }
  }
}

/** Moves running mean and variance (unbiased) towards the batch's; words: statistics, running, channels, momentum, count. */
export function follow_statistics(words: usize): void {
  const channels = word(words, 2)
  const momentum = real(words, 3)
  const count = <f32>word(words, 4)
  for (let i = 0; i < 2 * channels; i++) {
    const at = <usize>i << 2
    let value = load<f32>(address(words, 0) + at)
    if (i >= channels && count > 1) value *= count / (count - 1)
    const running = address(words, 1) + at
    store<f32>(running, load<f32>(running) + momentum * (value - load<f32>(running)))
  }
}
