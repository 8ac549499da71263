// Elementwise kernels of one value and constants that the graph fixes.
import { address, loadPart, real, storePart, word } from './memory'

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

/** out = min(max(x, least), most); words: x, out, count, least, most. */
export function clamp(words: usize): void {
  let from = address(words, 0)
  let to = address(words, 1)
  const least = f32x4.splat(real(words, 3))
  const most = f32x4.splat(real(words, 4))
  let count = word(words, 2)
  for (; count >= 4; count -= 4) {
    v128.store(to, f32x4.min(f32x4.max(v128.load(from), least), most))
    from += 16
    to += 16
  }
  if (count > 0) storePart(to, f32x4.min(f32x4.max(loadPart(from, count, 0), least), most), count)
}

/** out = dy where least <= x <= most, else 0; words: x, dy, out, count, least, most. */
export function clamp_gradient(words: usize): void {
  let from = address(words, 0)
  let upstream = address(words, 1)
  let to = address(words, 2)
  const least = f32x4.splat(real(words, 4))
  const most = f32x4.splat(real(words, 5))
  let count = word(words, 3)
  for (; count > 0; count -= 4) {
    const x = count >= 4 ? v128.load(from) : loadPart(from, count, 0)
    const dy = count >= 4 ? v128.load(upstream) : loadPart(upstream, count, 0)
    const value = v128.and(v128.and(f32x4.ge(x, least), f32x4.le(x, most)), dy)
    if (count >= 4) v128.store(to, value)
    else storePart(to, value, count)
    from += 16
    upstream += 16
    to += 16
  }
}
