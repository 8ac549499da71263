// The order in which an epoch sees the rows: `Stream.permutation` of data/random.ts without an object on the host's heap.
import { address, word } from './memory'
import { first, fourth, philox, second, third } from './philox'

/** Numbers drawn so far, and the stream they are of. */
let drawn: u32 = 0
let seed: u32 = 0
let purpose: u32 = 0
let index: u32 = 0

/** The stream's next number. */
@inline
function next(): u32 {
  const lane = drawn & 3
  if (lane == 0) philox(drawn >> 2, 0, index, seed, purpose)
  drawn++
  return lane == 0 ? first : lane == 1 ? second : lane == 2 ? third : fourth
}

/** A number from 0 to n - 1, each equally likely (Lemire 2019). */
@inline
function below(n: u32): u32 {
  let product = <u64>next() * <u64>n
  // the division is needed for few: what is rejected, 2^32 mod n, is less than n
  if (<u32>product < n) {
    const rejected = (<u32>0 - n) % n
    while (<u32>product < rejected) product = <u64>next() * <u64>n
  }
  return <u32>(product >> 32)
}

/** The numbers 0 to count - 1 in random order (Fisher and Yates); words: epoch (low, high 16 bits), order, count, seed, purpose. */
export function shuffle(words: usize): void {
  const epoch = address(words, 0)
  const order = address(words, 1)
  const count = <u32>word(words, 2)
  seed = <u32>word(words, 3)
  purpose = <u32>word(words, 4)
  index = <u32>load<f32>(epoch) | (<u32>load<f32>(epoch, 4) << 16)
  drawn = 0
  for (let i: u32 = 0; i < count; i++) {
    const from = order + (<usize>below(i + 1) << 2)
    store<f32>(order + (<usize>i << 2), load<f32>(from))
    store<f32>(from, <f32>i)
  }
}
