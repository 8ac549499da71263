// Which part of an instruction this thread does, and how threads wait for each other.
//
// Every thread has an instance of its own over the same memory and runs the same program. A part never changes what is
// added to what, so the bits do not depend on the number of threads.

/** This thread's place, 0 to `threads - 1`, and how many share the present instruction. */
export let thread: i32 = 0
export let threads: i32 = 1
/** Threads that run the program. */
let crew: i32 = 1
/** Two words in shared memory: threads that have arrived, rounds that are over. */
let meeting: usize = 0

/** Tells this instance its place among `count` threads and where they meet. */
export function joinCrew(place: i32, count: i32, meetingAt: usize): void {
  thread = place
  crew = count
  meeting = meetingAt
  threads = 1
}

/** Shares the next instruction among all threads, or leaves it to the first. */
export function setShared(shared: bool): void {
  threads = shared ? crew : 1
}

export function crewSize(): i32 {
  return crew
}

/** First item of this thread's part of `count`, in whole grains; `partEnd` is behind its last. */
@inline
export function partStart(count: i32, grain: i32): i32 {
  if (threads == 1) return 0
  return min(count, thread * partSize(count, grain))
}

@inline
export function partEnd(count: i32, grain: i32): i32 {
  if (threads == 1) return count
  return min(count, (thread + 1) * partSize(count, grain))
}

function partSize(count: i32, grain: i32): i32 {
  const grains = (count + grain - 1) / grain
  return ((grains + threads - 1) / threads) * grain
}

/** Looks so often, some 50 nanoseconds apart, before a thread lets go of the processor. */
const patience: i32 = 4000

/**
 * Passes a moment with a few slow instructions, each waiting for the one before.
 *
 * A thread that looks as often as it can takes half of a core from the thread that it waits for where the two share one.
 */
function pause(): f64 {
  let value: f64 = 3
  for (let i = 0; i < 30; i++) value = 3 / value
  return value
}

/** Waits until the word at `at` is no longer `seen`. */
export function waitWhile(at: usize, seen: i32): void {
  for (let look = 0; look < patience; look++) {
    if (atomic.load<i32>(at) != seen || pause() < 0) return
  }
  while (atomic.load<i32>(at) == seen) atomic.wait<i32>(at, seen, -1)
}

/** Returns when all threads have arrived. */
export function meet(): void {
  if (crew == 1) return
  const round = atomic.load<i32>(meeting, 4)
  if (atomic.add<i32>(meeting, 1) == crew - 1) {
    atomic.store<i32>(meeting, 0)
    atomic.store<i32>(meeting, round + 1, 4)
    atomic.notify(meeting + 4)
    return
  }
  waitWhile(meeting + 4, round)
}
