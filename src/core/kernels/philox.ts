// Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011), the same as in data/random.ts.

/** The counter of a block of four numbers; after `philox` the numbers. */
export let first: u32 = 0
export let second: u32 = 0
export let third: u32 = 0
export let fourth: u32 = 0

/** Turns the counter of four words into four numbers: ten rounds with the multipliers of the paper's table 2. */
export function philox(block: u32, step: u32, index: u32, key0: u32, key1: u32): void {
  first = block
  second = step
  third = index
  fourth = 0
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
