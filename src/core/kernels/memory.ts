// Loads and stores of the last, incomplete vector of a row. A whole row is never assumed to be a multiple of four.

// Four lanes that are kept, then four that are not: from place 4 - n on, n lanes are kept.
const kept = memory.data<i32>([-1, -1, -1, -1, 0, 0, 0, 0])

/** All bits in the first `count` (0 to 4) lanes. */
@inline
export function firstLanes(count: i32): v128 {
  return v128.load(kept + (<usize>(4 - count) << 2))
}

/**
 * Loads `count` (1 to 3) floats; the other lanes hold `fill`. Up to 12 bytes behind them are read, which lie in the same
 * piece of 64 bytes that the host allocated, and are thrown away.
 */
@inline
export function loadPart(at: usize, count: i32, fill: f32): v128 {
  return v128.bitselect(v128.load(at), f32x4.splat(fill), firstLanes(count))
}

/** Stores the first `count` (1 to 3) lanes. */
@inline
export function storePart(at: usize, value: v128, count: i32): void {
  if (count == 1) v128.store_lane<f32>(at, value, 0)
  else {
    v128.store_lane<i64>(at, value, 0)
    if (count == 3) v128.store_lane<f32>(at, value, 2, 8)
  }
}

/** Four floats, or the `left` first of them and zeros. */
@inline
export function some(at: usize, left: i32): v128 {
  return left >= 4 ? v128.load(at) : loadPart(at, left, 0)
}

/** Stores four floats, or the `left` first of them. */
@inline
export function put(at: usize, value: v128, left: i32): void {
  if (left >= 4) v128.store(at, value)
  else storePart(at, value, left)
}

/** The fixed order in which the four partial sums of a row are joined: (0 + 1) + (2 + 3). */
@inline
export function sumLanes(value: v128): f32 {
  const pairs = f32x4.add(value, v128.shuffle<f32>(value, value, 1, 0, 3, 2))
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 2)
}

/** A kernel's argument number `index` as an address or a whole number. */
@inline
export function word(words: usize, index: usize): i32 {
  return load<i32>(words + (index << 2))
}

@inline
export function address(words: usize, index: usize): usize {
  return <usize>load<u32>(words + (index << 2))
}

/** A kernel's argument number `index` as a float. */
@inline
export function real(words: usize, index: usize): f32 {
  return load<f32>(words + (index << 2))
}

/** A hyperparameter: two float32s, high and low part, so that 0.999 keeps about 48 bits. */
@inline
export function hyperparameter(cells: usize, index: usize): f64 {
  return <f64>load<f32>(cells + (index << 3)) + <f64>load<f32>(cells + (index << 3), 4)
}

/** Copies bytes, a multiple of four; the engine's own copy costs too much for a few. */
@inline
export function move(to: usize, from: usize, bytes: usize): void {
  if (bytes <= 64) for (let at: usize = 0; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at))
  else memory.copy(to, from, bytes)
}

/**
 * A number of a table (`memory.data`), four times. The engine makes a vector of a literal anew wherever it is used, in
 * several instructions, and does not join pairs of them; a load is one instruction and is joined.
 */
@inline
export function pick(table: usize, index: usize): v128 {
  return v128.load32_splat(table + (index << 2))
}

/**
 * The square root. A vector's, because V8 (Node 24) makes of the plain one an instruction of the old encoding, which takes
 * some hundred cycles while the upper halves of 256-bit registers are in use.
 */
@inline
export function root(value: f32): f32 {
  return f32x4.extract_lane(f32x4.sqrt(f32x4.splat(value)), 0)
}

/** The same of a float64. */
@inline
export function root64(value: f64): f64 {
  return f64x2.extract_lane(f64x2.sqrt(f64x2.splat(value)), 0)
}
