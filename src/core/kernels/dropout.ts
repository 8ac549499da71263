// Dropout. Whether an element stays is a function of seed, layer, step and index alone (Philox4x32-10).
import { address, real, word } from './memory'
import { first, fourth, philox, second, third } from './philox'

/** out = x factor where the random number is at least `threshold`, else 0; words: x, step, out, count, seed, purpose, layer, threshold, factor. */
export function dropout(words: usize): void {
  const x = address(words, 0)
  const step = <u32>load<f32>(address(words, 1))
  const out = address(words, 2)
  const count = word(words, 3)
  const threshold = <u32>word(words, 7)
  const factor = real(words, 8)
  for (let i = 0; i < count; i += 4) {
    philox(<u32>(i >> 2), step, <u32>word(words, 6), <u32>word(words, 4), <u32>word(words, 5))
    const at = <usize>i << 2
    keep(x + at, out + at, first >= threshold, factor)
    if (i + 1 < count) keep(x + at + 4, out + at + 4, second >= threshold, factor)
    if (i + 2 < count) keep(x + at + 8, out + at + 8, third >= threshold, factor)
    if (i + 3 < count) keep(x + at + 12, out + at + 12, fourth >= threshold, factor)
  }
}

@inline
function keep(from: usize, to: usize, stays: bool, factor: f32): void {
  store<f32>(to, stays ? load<f32>(from) * factor : 0)
}
