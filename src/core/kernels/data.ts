// Fetching a batch and counting scores.
import { address, word } from './memory'

/** Rows of a table in the given order from the cursor on; words: table, order (0: as they lie), cursor, out, rows, width. */
export function gather(words: usize): void {
  const table = address(words, 0)
  const order = address(words, 1)
  const start = <i32>load<f32>(address(words, 2))
  let to = address(words, 3)
  const rows = word(words, 4)
  const bytes = <usize>word(words, 5) << 2
  for (let i = 0; i < rows; i++) {
    const row = order == 0 ? start + i : <i32>load<f32>(order + (<usize>(start + i) << 2))
    const from = table + <usize>row * bytes
    if (bytes <= 64) for (let at: usize = 0; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at))
    else memory.copy(to, from, bytes)
    to += bytes
  }
}

/** Adds loss x rows and the right answers to two totals; words: loss, outputs, targets, totals, rows, width. */
export function tally_classes(words: usize): void {
  let outputs = address(words, 1)
  let target = address(words, 2)
  const totals = address(words, 3)
  const rows = word(words, 4)
  const width = word(words, 5)
  let right: f32 = 0
  for (let row = 0; row < rows; row++) {
    let best = 0
    for (let i = 1; i < width; i++) {
      if (load<f32>(outputs + (<usize>i << 2)) > load<f32>(outputs + (<usize>best << 2))) best = i
    }
    const chosen = best == <i32>load<f32>(target)
    if (chosen == load<f32>(target, 4) >= 0) right += 1
    outputs += <usize>width << 2
    target += 8
  }
  store<f32>(totals, load<f32>(totals) + load<f32>(address(words, 0)) * <f32>rows)
  store<f32>(totals, load<f32>(totals, 4) + right, 4)
}

/** Adds loss x rows to a total; words: loss, totals, rows. */
export function tally_loss(words: usize): void {
  const totals = address(words, 1)
  store<f32>(totals, load<f32>(totals) + load<f32>(address(words, 0)) * <f32>word(words, 2))
}
