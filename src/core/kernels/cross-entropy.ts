// Cross-entropy with rewards, label smoothing and rows that are left out: see ops/cross-entropy.ts.
import { address, real, word } from './memory'
import { sumRow } from './reduce'
import { exponentials, maxRow, scaleRow } from './softmax'

/** Sum of a row without one of its elements: `total - at[right]` would lose its digits where that one is nearly all. */
function sumOthers(at: usize, width: i32, right: i32): f32 {
  const cell = at + (<usize>right << 2)
  const kept = load<f32>(cell)
  store<f32>(cell, 0)
  const others = sumRow(at, width)
  store<f32>(cell, kept)
  return others
}

/** What scolding divides by: at least the smallest share of the whole (see ops/cross-entropy.ts). */
@inline
function divisor(others: f32, total: f32): f32 {
  return max(others, <f32>1e-12 * total)
}

let scratch: usize = 0

/** Memory for one row of classes, given by the host: `useScratch(address)`. */
export function useScratch(at: usize): void {
  scratch = at
}

/** True for a row that counts: its class is one of the outputs and not the one to leave out. */
@inline
function counts(target: usize, width: i32, ignored: f32): bool {
  const right = load<f32>(target)
  return right >= 0 && right < <f32>width && right != ignored
}

/** Number of rows that count. */
function countRows(target: usize, rows: i32, width: i32, ignored: f32): i32 {
  let counted = 0
  for (let row = 0; row < rows; row++) {
    if (counts(target, width, ignored)) counted++
    target += 8
  }
  return counted
}

/** The loss of a row; leaves its exponentials in e. */
function lossOfRow(logits: usize, target: usize, e: usize, width: i32, smoothing: f32): f64 {
  const right = <i32>load<f32>(target)
  const reward = load<f32>(target, 4)
  const total = exponentials(logits, e, width)
  if (reward < 0) return <f64>reward * Math.log(<f64>divisor(sumOthers(e, width, right), total) / <f64>total)
  const largest = <f64>maxRow(logits, width)
  let gap = <f64>load<f32>(logits + (<usize>right << 2)) - largest
  if (smoothing > 0) {
    const mean = <f64>sumRow(logits, width) / <f64>width - largest
    gap += <f64>smoothing * (mean - gap)
  }
  return -<f64>reward * (gap - Math.log(<f64>total))
}

/** Turns the exponentials of a row in place into the gradient with respect to its logits. */
function gradientOfRow(target: usize, e: usize, width: i32, share: f32, smoothing: f32): void {
  const right = <i32>load<f32>(target)
  const reward = load<f32>(target, 4)
  const total = sumRow(e, width)
  const cell = e + (<usize>right << 2)
  const others = sumOthers(e, width, right)
  let pull = reward
  if (reward < 0) pull = (reward * load<f32>(cell)) / divisor(others, total)
  pull *= share
  scaleRow(e, width, pull / total)
  if (reward < 0 || smoothing == 0) {
    // p - 1 is minus the share of the others
    store<f32>(cell, -pull * (others / total))
    return
  }
  const spread = (pull * smoothing) / <f32>width
  for (let n = 0; n < width; n++) store<f32>(e + (<usize>n << 2), load<f32>(e + (<usize>n << 2)) - spread)
  store<f32>(cell, load<f32>(cell) - pull * (1 - smoothing))
}

/** words: logits, targets, loss, rows, width, smoothing, ignored class. */
export function cross_entropy(words: usize): void {
  let logits = address(words, 0)
  let target = address(words, 1)
  const rows = word(words, 3)
  const width = word(words, 4)
  const smoothing = real(words, 5)
  const ignored = real(words, 6)
  const counted = countRows(target, rows, width, ignored)
  let total: f64 = 0
  for (let row = 0; row < rows; row++) {
    if (counts(target, width, ignored)) total += lossOfRow(logits, target, scratch, width, smoothing)
    logits += <usize>width << 2
    target += 8
  }
  store<f32>(address(words, 2), <f32>(total / <f64>max(counted, 1)))
}

/** words: logits, targets, upstream, out, rows, width, smoothing, ignored class. */
export function cross_entropy_gradient(words: usize): void {
  gradients(words, false)
}

/** Loss and gradient at once; words: those of the gradient, loss. */
export function cross_entropy_both(words: usize): void {
  gradients(words, true)
}

@inline
function gradients(words: usize, withLoss: bool): void {
  let logits = address(words, 0)
  let target = address(words, 1)
  let to = address(words, 3)
  const rows = word(words, 4)
  const width = word(words, 5)
  const smoothing = real(words, 6)
  const ignored = real(words, 7)
  const counted = max(countRows(target, rows, width, ignored), 1)
  const share = load<f32>(address(words, 2)) / <f32>counted
  let total: f64 = 0
  for (let row = 0; row < rows; row++) {
    if (!counts(target, width, ignored)) {
      memory.fill(to, 0, <usize>width << 2)
    } else {
      if (withLoss) total += lossOfRow(logits, target, to, width, smoothing)
      else exponentials(logits, to, width)
      gradientOfRow(target, to, width, share, smoothing)
    }
    logits += <usize>width << 2
    to += <usize>width << 2
    target += 8
  }
  if (withLoss) store<f32>(address(words, 8), <f32>(total / <f64>counted))
}
