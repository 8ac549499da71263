// Large products: both sides packed into panels, one register block of the result at a time.
import { loadPart, storePart, word } from './memory'

@inline
const block: i32 = 256
/** Rows of A and columns of B that are packed at once: 96 x 256 and 256 x 512 floats stay in the second-level cache. */
@inline
const rowsAtOnce: i32 = 96
@inline
const columnsAtOnce: i32 = 512

let packedA: usize = 0
let packedB: usize = 0
let tile: usize = 0
/** Rows and columns of the register block: 6 x 16 or 4 x 8. */
let blockRows: i32 = 4
let blockColumns: i32 = 8

/** Bytes that `usePacking` needs. */
export function packingBytes(): i32 {
  return (rowsAtOnce * block + block * columnsAtOnce + 6 * 16) << 2
}

/** Memory for the packed sides, given by the host. */
export function usePacking(at: usize): void {
  packedA = at
  packedB = packedA + (<usize>(rowsAtOnce * block) << 2)
  tile = packedB + (<usize>(block * columnsAtOnce) << 2)
}

/** Chooses the register block: wide for engines that join pairs of vectors. The bits are the same. */
export function useWideBlock(wide: bool): void {
  blockRows = wide ? 6 : 4
  blockColumns = wide ? 16 : 8
}

/** True where all of B fits into the packing at once, so that the next product with the same B can leave it there. */
export function fitsPacking(columns: i32, depth: i32): bool {
  return columns <= columnsAtOnce && depth <= block
}

/**
 * `rows` by `columns` of the result from c on; words as for `matmul`. With `keepsB` the sides of B are those that the
 * last call packed (only where they `fitsPacking`).
 */
export function largeProduct(a: usize, b: usize, c: usize, rows: i32, columns: i32, words: usize, keepsB: bool): void {
  const stride = word(words, 18)
  const K = word(words, 6)
  const rowA = <usize>word(words, 7) << 2
  const depthA = <usize>word(words, 8) << 2
  const depthB = <usize>word(words, 9) << 2
  const columnB = <usize>word(words, 10) << 2
  for (let k0 = 0; k0 < K; k0 += block) {
    const depth = min(block, K - k0)
    const fromA = a + <usize>k0 * depthA
    const fromB = b + <usize>k0 * depthB
    for (let j0 = 0; j0 < columns; j0 += columnsAtOnce) {
      const wide = min(columnsAtOnce, columns - j0)
      if (!keepsB) pack(fromB + <usize>j0 * columnB, packedB, wide, depth, columnB, depthB, blockColumns)
      for (let i0 = 0; i0 < rows; i0 += rowsAtOnce) {
        const high = min(rowsAtOnce, rows - i0)
        pack(fromA + <usize>i0 * rowA, packedA, high, depth, rowA, depthA, blockRows)
        blocks(c + (<usize>(i0 * stride + j0) << 2), high, wide, depth, <usize>stride << 2, k0 > 0)
      }
    }
  }
}

/** All register blocks of the packed rows and columns. */
function blocks(c: usize, rows: i32, columns: i32, depth: i32, stride: usize, more: bool): void {
  for (let j = 0; j < columns; j += blockColumns) {
    const b = packedB + (<usize>(j * depth) << 2)
    const wide = min(blockColumns, columns - j)
    for (let i = 0; i < rows; i += blockRows) {
      const a = packedA + (<usize>(i * depth) << 2)
      const high = min(blockRows, rows - i)
      const to = c + <usize>i * stride + (<usize>j << 2)
      if (wide == blockColumns && high == blockRows) {
        oneBlock(depth, a, b, to, stride, more)
      } else {
        oneBlock(depth, a, b, tile, <usize>blockColumns << 2, false)
        putPart(to, stride, high, wide, more)
      }
    }
  }
}

@inline
function oneBlock(depth: i32, a: usize, b: usize, c: usize, stride: usize, more: bool): void {
  if (blockRows == 6) block6x16(depth, a, b, c, stride, more)
  else block4x8(depth, a, b, c, stride, more)
}

/** Moves the part of the tile that lies inside the result. */
function putPart(c: usize, stride: usize, rows: i32, columns: i32, more: bool): void {
  let from = tile
  for (let i = 0; i < rows; i++) {
    let left = columns
    for (let at: usize = 0; left > 0; at += 16) {
      const value = v128.load(from + at)
      if (left >= 4) v128.store(c + at, more ? f32x4.add(v128.load(c + at), value) : value)
      else storePart(c + at, more ? f32x4.add(loadPart(c + at, left, 0), value) : value, left)
      left -= 4
    }
    from += <usize>blockColumns << 2
    c += stride
  }
}

/**
 * Packs `count` lines (rows of A, columns of B) of `depth` terms into panels of `width` lines: [panel][term][line],
 * missing lines 0. Either the lines or the terms lie next to each other in memory.
 */
function pack(from: usize, to: usize, count: i32, depth: i32, line: usize, term: usize, width: i32): void {
  const step = <usize>width << 2
  for (let i = 0; i < count; i += width) {
    const lines = min(width, count - i)
    if (lines == width && line == 4) packAcross(from, to, depth, term, width)
    else {
      if (lines < width) memory.fill(to, 0, step * depth)
      let l = 0
      for (; l + 4 <= lines; l += 4) packFour(from + <usize>l * line, to + (<usize>l << 2), depth, line, term, step)
      if (l + 2 <= lines && term == 4) {
        packTwo(from + <usize>l * line, to + (<usize>l << 2), depth, line, step)
        l += 2
      }
      for (; l < lines; l++) packOne(from + <usize>l * line, to + (<usize>l << 2), depth, term, step)
    }
    from += <usize>width * line
    to += step * depth
  }
}

/** A whole panel whose lines lie next to each other: 4, 6, 8 or 16 of them. */
function packAcross(from: usize, to: usize, depth: i32, term: usize, width: i32): void {
  if (width == 16) {
    for (; depth > 0; depth--) {
      const v0 = v128.load(from)
      const v1 = v128.load(from, 16)
      const v2 = v128.load(from, 32)
      const v3 = v128.load(from, 48)
      v128.store(to, v0)
      v128.store(to, v1, 16)
      v128.store(to, v2, 32)
      v128.store(to, v3, 48)
      from += term
      to += 64
    }
  } else if (width == 6) {
    for (; depth > 0; depth--) {
      v128.store(to, v128.load(from))
      store<i64>(to, load<i64>(from, 16), 16)
      from += term
      to += 24
    }
  } else {
    for (; depth > 0; depth--) {
      v128.store(to, v128.load(from))
      if (width == 8) v128.store(to, v128.load(from, 16), 16)
      from += term
      to += <usize>width << 2
    }
  }
}

/** Four lines; where their terms lie next to each other, 4 x 4 numbers are transposed at once. */
function packFour(from: usize, to: usize, depth: i32, line: usize, term: usize, step: usize): void {
  let k = 0
  if (line == 4) {
    for (; k < depth; k++) {
      v128.store(to, v128.load(from))
      from += term
      to += step
    }
  } else if (term == 4) {
    for (; k + 4 <= depth; k += 4) {
      const r0 = v128.load(from)
      const r1 = v128.load(from + line)
      const r2 = v128.load(from + 2 * line)
      const r3 = v128.load(from + 3 * line)
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5)
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7)
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5))
      v128.store(to + step, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7))
      v128.store(to + 2 * step, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5))
      v128.store(to + 3 * step, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7))
      from += 16
      to += 4 * step
    }
  }
  for (; k < depth; k++) {
    for (let l: usize = 0; l < 4; l++) store<f32>(to + (l << 2), load<f32>(from + l * line))
    from += term
    to += step
  }
}

/** Two lines whose terms lie next to each other: the fifth and sixth of a panel of six. */
function packTwo(from: usize, to: usize, depth: i32, line: usize, step: usize): void {
  let k = 0
  for (; k + 4 <= depth; k += 4) {
    const r0 = v128.load(from)
    const r1 = v128.load(from + line)
    const low = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
    const high = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
    v128.store_lane<i64>(to, low, 0)
    v128.store_lane<i64>(to + step, low, 1)
    v128.store_lane<i64>(to + 2 * step, high, 0)
    v128.store_lane<i64>(to + 3 * step, high, 1)
    from += 16
    to += 4 * step
  }
  for (; k < depth; k++) {
    store<f32>(to, load<f32>(from))
    store<f32>(to, load<f32>(from + line), 4)
    from += 4
    to += step
  }
}

/** One line. */
function packOne(from: usize, to: usize, depth: i32, term: usize, step: usize): void {
  for (; depth > 0; depth--) {
    store<f32>(to, load<f32>(from))
    from += term
    to += step
  }
}

/** All loads before all stores, so that the engine can join neighbours. */
@inline
function put2(c: usize, v0: v128, v1: v128, more: bool): void {
  if (more) {
    const old0 = v128.load(c, 0)
    const old1 = v128.load(c, 16)
    v0 = f32x4.add(old0, v0)
    v1 = f32x4.add(old1, v1)
  }
  v128.store(c, v0, 0)
  v128.store(c, v1, 16)
}

/** All loads before all stores, so that the engine can join neighbours. */
@inline
function put4(c: usize, v0: v128, v1: v128, v2: v128, v3: v128, more: bool): void {
  if (more) {
    const old0 = v128.load(c, 0)
    const old1 = v128.load(c, 16)
    const old2 = v128.load(c, 32)
    const old3 = v128.load(c, 48)
    v0 = f32x4.add(old0, v0)
    v1 = f32x4.add(old1, v1)
    v2 = f32x4.add(old2, v2)
    v3 = f32x4.add(old3, v3)
  }
  v128.store(c, v0, 0)
  v128.store(c, v1, 16)
  v128.store(c, v2, 32)
  v128.store(c, v3, 48)
}

/** 4 rows by 8 columns over packed sides; writes or adds to c, whose rows are `stride` bytes apart. */
function block4x8(depth: i32, a: usize, b: usize, c: usize, stride: usize, more: bool): void {
  let c00 = f32x4.splat(0)
  let c01 = f32x4.splat(0)
  let c10 = f32x4.splat(0)
  let c11 = f32x4.splat(0)
  let c20 = f32x4.splat(0)
  let c21 = f32x4.splat(0)
  let c30 = f32x4.splat(0)
  let c31 = f32x4.splat(0)
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0)
    const b1 = v128.load(b, 16)
    let x = v128.load32_splat(a, 0)
    c00 = f32x4.relaxed_madd(x, b0, c00)
    c01 = f32x4.relaxed_madd(x, b1, c01)
    x = v128.load32_splat(a, 4)
    c10 = f32x4.relaxed_madd(x, b0, c10)
    c11 = f32x4.relaxed_madd(x, b1, c11)
    x = v128.load32_splat(a, 8)
    c20 = f32x4.relaxed_madd(x, b0, c20)
    c21 = f32x4.relaxed_madd(x, b1, c21)
    x = v128.load32_splat(a, 12)
    c30 = f32x4.relaxed_madd(x, b0, c30)
    c31 = f32x4.relaxed_madd(x, b1, c31)
    a += 16
    b += 32
  }
  put2(c, c00, c01, more)
  c += stride
  put2(c, c10, c11, more)
  c += stride
  put2(c, c20, c21, more)
  c += stride
  put2(c, c30, c31, more)
}

/** 6 rows by 16 columns over packed sides; writes or adds to c, whose rows are `stride` bytes apart. */
function block6x16(depth: i32, a: usize, b: usize, c: usize, stride: usize, more: bool): void {
  let c00 = f32x4.splat(0)
  let c01 = f32x4.splat(0)
  let c02 = f32x4.splat(0)
  let c03 = f32x4.splat(0)
  let c10 = f32x4.splat(0)
  let c11 = f32x4.splat(0)
  let c12 = f32x4.splat(0)
  let c13 = f32x4.splat(0)
  let c20 = f32x4.splat(0)
  let c21 = f32x4.splat(0)
  let c22 = f32x4.splat(0)
  let c23 = f32x4.splat(0)
  let c30 = f32x4.splat(0)
  let c31 = f32x4.splat(0)
  let c32 = f32x4.splat(0)
  let c33 = f32x4.splat(0)
  let c40 = f32x4.splat(0)
  let c41 = f32x4.splat(0)
  let c42 = f32x4.splat(0)
  let c43 = f32x4.splat(0)
  let c50 = f32x4.splat(0)
  let c51 = f32x4.splat(0)
  let c52 = f32x4.splat(0)
  let c53 = f32x4.splat(0)
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0)
    const b1 = v128.load(b, 16)
    const b2 = v128.load(b, 32)
    const b3 = v128.load(b, 48)
    let x = v128.load32_splat(a, 0)
    c00 = f32x4.relaxed_madd(x, b0, c00)
    c01 = f32x4.relaxed_madd(x, b1, c01)
    c02 = f32x4.relaxed_madd(x, b2, c02)
    c03 = f32x4.relaxed_madd(x, b3, c03)
    x = v128.load32_splat(a, 4)
    c10 = f32x4.relaxed_madd(x, b0, c10)
    c11 = f32x4.relaxed_madd(x, b1, c11)
    c12 = f32x4.relaxed_madd(x, b2, c12)
    c13 = f32x4.relaxed_madd(x, b3, c13)
    x = v128.load32_splat(a, 8)
    c20 = f32x4.relaxed_madd(x, b0, c20)
    c21 = f32x4.relaxed_madd(x, b1, c21)
    c22 = f32x4.relaxed_madd(x, b2, c22)
    c23 = f32x4.relaxed_madd(x, b3, c23)
    x = v128.load32_splat(a, 12)
    c30 = f32x4.relaxed_madd(x, b0, c30)
    c31 = f32x4.relaxed_madd(x, b1, c31)
    c32 = f32x4.relaxed_madd(x, b2, c32)
    c33 = f32x4.relaxed_madd(x, b3, c33)
    x = v128.load32_splat(a, 16)
    c40 = f32x4.relaxed_madd(x, b0, c40)
    c41 = f32x4.relaxed_madd(x, b1, c41)
    c42 = f32x4.relaxed_madd(x, b2, c42)
    c43 = f32x4.relaxed_madd(x, b3, c43)
    x = v128.load32_splat(a, 20)
    c50 = f32x4.relaxed_madd(x, b0, c50)
    c51 = f32x4.relaxed_madd(x, b1, c51)
    c52 = f32x4.relaxed_madd(x, b2, c52)
    c53 = f32x4.relaxed_madd(x, b3, c53)
    a += 24
    b += 64
  }
  put4(c, c00, c01, c02, c03, more)
  c += stride
  put4(c, c10, c11, c12, c13, more)
  c += stride
  put4(c, c20, c21, c22, c23, more)
  c += stride
  put4(c, c30, c31, c32, c33, more)
  c += stride
  put4(c, c40, c41, c42, c43, more)
  c += stride
  put4(c, c50, c51, c52, c53, more)
}
