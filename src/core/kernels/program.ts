// Runs a planned program: a row of instructions, each a kernel's place in the table, how many words follow, whether the
// threads share it, its words.
import { crewSize, meet, setShared, thread, waitWhile } from './threads'

/**
 * Runs the instructions from `start` to `end`, `steps` times, adding `advanceBy` to the cursor after each.
 *
 * Returns the number of steps done: fewer than asked when the guard's value is not finite after one of them.
 */
export function run(start: usize, end: usize, steps: i32, cursor: usize, advanceBy: f32, guard: usize): i32 {
  for (let step = 1; step <= steps; step++) {
    for (let at = start; at < end; ) {
      call_indirect<void>(load<u32>(at), at + 12)
      at += 12 + (<usize>load<u32>(at, 4) << 2)
    }
    if (cursor != 0) store<f32>(cursor, load<f32>(cursor) + advanceBy)
    if (guard != 0 && !(abs(load<f32>(guard)) < Infinity)) return step
  }
  return steps
}

/** The same by all threads: shared instructions by each its part, the others by the first thread alone. */
export function runShared(start: usize, end: usize, steps: i32, cursor: usize, advanceBy: f32, guard: usize): i32 {
  for (let step = 1; step <= steps; step++) {
    let wasShared = true
    for (let at = start; at < end; ) {
      const isShared = load<i32>(at, 8) != 0
      // a lone instruction is seen by all before a shared one begins, and a shared one is done before the next
      if (isShared || wasShared) meet()
      if (isShared || thread == 0) {
        setShared(isShared)
        call_indirect<void>(load<u32>(at), at + 12)
      }
      wasShared = isShared
      at += 12 + (<usize>load<u32>(at, 4) << 2)
    }
    setShared(false)
    meet()
    if (cursor != 0 && thread == 0) store<f32>(cursor, load<f32>(cursor) + advanceBy)
    if (guard != 0 && !(abs(load<f32>(guard)) < Infinity)) return step
  }
  return steps
}

/** Words of a job: its number, the followers that are there, then the arguments of `runShared`. */
@inline
const jobStart: usize = 8

/** First thread: gives the job to the others and does its part. */
export function lead(job: usize, start: usize, end: usize, steps: i32, cursor: usize, advanceBy: f32, guard: usize): i32 {
  if (atomic.load<i32>(job, 4) < crewSize() - 1 || crewSize() == 1) return run(start, end, steps, cursor, advanceBy, guard)
  store<u32>(job, <u32>start, jobStart)
  store<u32>(job, <u32>end, jobStart + 4)
  store<i32>(job, steps, jobStart + 8)
  store<u32>(job, <u32>cursor, jobStart + 12)
  store<f32>(job, advanceBy, jobStart + 16)
  store<u32>(job, <u32>guard, jobStart + 20)
  atomic.add<i32>(job, 1)
  atomic.notify(job)
  return runShared(start, end, steps, cursor, advanceBy, guard)
}

/** Number of the job that lets the other threads go. */
@inline
const dismissal: i32 = -1

/** Lets the other threads go, also those that have not come yet. */
export function dismiss(job: usize): void {
  atomic.store<i32>(job, dismissal)
  atomic.notify(job)
}

/** Other threads: do their part of every job; return when they are let go. */
export function follow(job: usize): void {
  let seen = atomic.load<i32>(job)
  atomic.add<i32>(job, 1, 4)
  while (seen != dismissal) {
    waitWhile(job, seen)
    seen = atomic.load<i32>(job)
    if (seen == dismissal) return
    runShared(
      <usize>load<u32>(job, jobStart),
      <usize>load<u32>(job, jobStart + 4),
      load<i32>(job, jobStart + 8),
      <usize>load<u32>(job, jobStart + 12),
      load<f32>(job, jobStart + 16),
      <usize>load<u32>(job, jobStart + 20),
    )
  }
}

/** 1 where relaxed multiply-add rounds once, as the promise of equal bits needs; 0 where it rounds twice. */
export function multiplyAddIsFused(): i32 {
  // (1 + e)(1 - e) - 1 is -e^2 when rounded once and 0 when the product is rounded first
  const e: f32 = 0.0001220703125
  const value = f32x4.relaxed_madd(f32x4.splat(1 + e), f32x4.splat(1 - e), f32x4.splat(-1))
  return f32x4.extract_lane(value, 0) != 0 ? 1 : 0
}

/** First byte that belongs to the host. */
export function heapBase(): usize {
  return __heap_base
}
