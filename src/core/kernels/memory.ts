// Loads and stores of the last, incomplete vector of a row. A whole row is never assumed to be a multiple of four.

/** Loads `count` (1 to 3) floats; the other lanes hold `fill`. */
@inline
export function loadPart(at: usize, count: i32, fill: f32): v128 {
  let value = f32x4.splat(fill)
  value = f32x4.replace_lane(value, 0, load<f32>(at))
  if (count > 1) value = f32x4.replace_lane(value, 1, load<f32>(at, 4))
  if (count > 2) value = f32x4.replace_lane(value, 2, load<f32>(at, 8))
  return value
}

/** Stores the first `count` (1 to 3) lanes. */
@inline
export function storePart(at: usize, value: v128, count: i32): void {
  store<f32>(at, f32x4.extract_lane(value, 0))
  if (count > 1) store<f32>(at, f32x4.extract_lane(value, 1), 4)
  if (count > 2) store<f32>(at, f32x4.extract_lane(value, 2), 8)
}

/** The fixed order in which the four partial sums of a row are joined: (0 + 1) + (2 + 3). */
@inline
export function sumLanes(value: v128): f32 {
  return (
    f32x4.extract_lane(value, 0) +
    f32x4.extract_lane(value, 1) +
    (f32x4.extract_lane(value, 2) + f32x4.extract_lane(value, 3))
  )
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
