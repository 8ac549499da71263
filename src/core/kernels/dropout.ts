// Dropout. Whether an element stays is a function of seed, layer, step and index alone (Philox4x32-10, as data/random.ts).
import { address, real, word } from './memory'

let first: u32 = 0
let second: u32 = 0
let third: u32 = 0
let fourth: u32 = 0

/** Ten rounds of Philox (Salmon et al. 2011, table 2) over the counter in the four words. */
function philox(key0: u32, key1: u32): void {
  for (let round = 0; round < 10; round++) {
    const left = <u64>0xd2511f53 * <u64>first
    const right = <u64>0xcd9e8d57 * <u64>third
    first = <u32>(right >> 32) ^ second ^ key0
    second = <u32>right
    third = <u32>(left >> 32) ^ fourth ^ key1
    fourth = <u32>left
    key0 += 0x9e3779b9
    key1 += 0xbb67ae85
  }
}

/** out = x factor where the random number is at least `threshold`, else 0; words: x, step, out, count, seed, purpose, layer, threshold, factor. */
export function dropout(words: usize): void {
  const x = address(words, 0)
  const step = <u32>load<f32>(address(words, 1))
  const out = address(words, 2)
  const count = word(words, 3)
  const threshold = <u32>word(words, 7)
  const factor = real(words, 8)
  for (let i = 0; i < count; i += 4) {
    first = <u32>(i >> 2)
    second = step
    third = <u32>word(words, 6)
    fourth = 0
    philox(<u32>word(words, 4), <u32>word(words, 5))
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
