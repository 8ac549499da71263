// Kernels that move numbers and compute none.
import { address, move, real, word } from './memory'

/**
 * Reads x along five strides, in the order of the output: a transpose, a slice, a repetition.
 * words: x, out, sides[5], strides[5].
 */
export function arrange(words: usize): void {
  let out = address(words, 1)
  const inner = word(words, 6)
  const step = <usize>word(words, 11) << 2
  for (let h = 0; h < word(words, 2); h++) {
    for (let i = 0; i < word(words, 3); i++) {
      for (let j = 0; j < word(words, 4); j++) {
        for (let k = 0; k < word(words, 5); k++) {
          const offset = h * word(words, 7) + i * word(words, 8) + j * word(words, 9) + k * word(words, 10)
          let from = address(words, 0) + (<usize>offset << 2)
          if (step == 4) {
            move(out, from, <usize>inner << 2)
            out += <usize>inner << 2
          } else {
            for (let n = inner; n > 0; n--) {
              store<f32>(out, load<f32>(from))
              out += 4
              from += step
            }
          }
        }
      }
    }
  }
}

/** Writes x along five strides into zeros; words: x, out, size of out, first element of out, sides[5], strides[5]. */
export function pad(words: usize): void {
  let from = address(words, 0)
  memory.fill(address(words, 1), 0, <usize>word(words, 2) << 2)
  const first = address(words, 1) + (<usize>word(words, 3) << 2)
  const inner = word(words, 8)
  const step = <usize>word(words, 13) << 2
  for (let h = 0; h < word(words, 4); h++) {
    for (let i = 0; i < word(words, 5); i++) {
      for (let j = 0; j < word(words, 6); j++) {
        for (let k = 0; k < word(words, 7); k++) {
          const offset = h * word(words, 9) + i * word(words, 10) + j * word(words, 11) + k * word(words, 12)
          let to = first + (<usize>offset << 2)
          if (step == 4) {
            move(to, from, <usize>inner << 2)
            from += <usize>inner << 2
          } else {
            for (let n = inner; n > 0; n--) {
              store<f32>(to, load<f32>(from))
              from += 4
              to += step
            }
          }
        }
      }
    }
  }
}

/** Parts side by side; words: out, number of rows, number of parts, then for each its address and its floats a row. */
export function concat(words: usize): void {
  let out = address(words, 0)
  for (let row = 0; row < word(words, 1); row++) {
    for (let part = 0; part < word(words, 2); part++) {
      const bytes = <usize>word(words, 4 + 2 * part) << 2
      move(out, address(words, 3 + 2 * part) + <usize>row * bytes, bytes)
      out += bytes
    }
  }
}

/** Rows of a table by number, NaN for a number outside; words: table, indices, out, rows of the table, indices, width. */
export function gather_rows(words: usize): void {
  let to = address(words, 2)
  const width = word(words, 5)
  const bytes = <usize>width << 2
  for (let i = 0; i < word(words, 4); i++) {
    const index = load<f32>(address(words, 1) + (<usize>i << 2))
    if (index >= 0 && index < <f32>word(words, 3)) {
      move(to, address(words, 0) + <usize>(<i32>index) * bytes, bytes)
    } else {
      for (let n = 0; n < width; n++) store<f32>(to + (<usize>n << 2), NaN)
    }
    to += bytes
  }
}

/** Adds rows, in order, to zeros by number; words: indices, rows, out, rows of out, number of indices, width. */
export function scatter_add(words: usize): void {
  let from = address(words, 1)
  const width = word(words, 5)
  memory.fill(address(words, 2), 0, <usize>(word(words, 3) * width) << 2)
  for (let i = 0; i < word(words, 4); i++) {
    const index = load<f32>(address(words, 0) + (<usize>i << 2))
    if (index >= 0 && index < <f32>word(words, 3)) {
      addRow(from, address(words, 2) + (<usize>(<i32>index * width) << 2), width)
    }
    from += <usize>width << 2
  }
}

function addRow(from: usize, to: usize, width: i32): void {
  for (; width >= 4; width -= 4) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)))
    from += 16
    to += 16
  }
  for (; width > 0; width--) {
    store<f32>(to, load<f32>(to) + load<f32>(from))
    from += 4
    to += 4
  }
}

/** out = value everywhere; words: out, count, value. */
export function constant(words: usize): void {
  const at = address(words, 0)
  for (let n = 0; n < word(words, 1); n++) store<f32>(at + (<usize>n << 2), real(words, 2))
}

/** Copies count floats; words: from, to, count. */
export function copy(words: usize): void {
  memory.copy(address(words, 1), address(words, 0), <usize>word(words, 2) << 2)
}
