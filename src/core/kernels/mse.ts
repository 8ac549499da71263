// Mean squared error and its gradient.
import { address, loadPart, storePart, sumLanes, word } from './memory'

/** words: x, y, loss, count. */
export function mse(words: usize): void {
  let x = address(words, 0)
  let y = address(words, 1)
  const count = word(words, 3)
  let left = count
  let total = f32x4.splat(0)
  for (; left >= 4; left -= 4) {
    const gap = f32x4.sub(v128.load(x), v128.load(y))
    total = f32x4.relaxed_madd(gap, gap, total)
    x += 16
    y += 16
  }
  if (left > 0) {
    const gap = f32x4.sub(loadPart(x, left, 0), loadPart(y, left, 0))
    total = f32x4.relaxed_madd(gap, gap, total)
  }
  store<f32>(address(words, 2), sumLanes(total) / <f32>count)
}

/** words: x, y, upstream, out, count. */
export function mse_gradient(words: usize): void {
  let x = address(words, 0)
  let y = address(words, 1)
  let to = address(words, 3)
  let left = word(words, 4)
  const factor = f32x4.splat((<f32>2 / <f32>left) * load<f32>(address(words, 2)))
  for (; left >= 4; left -= 4) {
    v128.store(to, f32x4.mul(f32x4.sub(v128.load(x), v128.load(y)), factor))
    x += 16
    y += 16
    to += 16
  }
  if (left > 0) storePart(to, f32x4.mul(f32x4.sub(loadPart(x, left, 0), loadPart(y, left, 0)), factor), left)
}
