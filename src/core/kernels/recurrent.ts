// Recurrent layers over a whole sequence: one product a step, then the gates. All tensors are [rows, steps, numbers].
import { sigmoid4, tanh4 } from './math'
import { address, put, some, word } from './memory'
import { addBias, matmul } from './product'
import { fitsPacking, largeProduct } from './product-large'

/** Words of the product of one step. */
const product = memory.data(21 * 4, 16)

/** From so many multiply-adds on a step's product is worth packing its weights once for all steps. */
@inline
const packedFrom: i32 = 2048

/**
 * out [rows, N] = (rows of a, `strideA` floats apart) [rows, K] B (+ bias), B by its strides: the same for all steps, so
 * that only the `first` one packs it.
 */
function stepProduct(a: usize, b: usize, out: usize, rows: i32, N: i32, K: i32, strideA: i32, depthB: i32, columnB: i32, bias: usize, first: bool): void {
  store<u32>(product, <u32>a)
  store<u32>(product, <u32>b, 4)
  store<u32>(product, <u32>out, 8)
  store<i32>(product, 1, 12)
  store<i32>(product, rows, 16)
  store<i32>(product, N, 20)
  store<i32>(product, K, 24)
  store<i32>(product, strideA, 28)
  store<i32>(product, 1, 32)
  store<i32>(product, depthB, 36)
  store<i32>(product, columnB, 40)
  // one product, so that the places of sequences and heads do not count
  store<i32>(product, 1, 44)
  store<i32>(product, N, 72)
  store<u32>(product, <u32>bias, 76)
  store<i32>(product, 0, 80)
  if (rows * N * K < packedFrom || N < 8 || !fitsPacking(N, K)) {
    matmul(product)
    return
  }
  largeProduct(a, b, out, rows, N, product, !first)
  if (bias != 0) addBias(out, bias, rows, N, N)
}

/** Products of the states before this step, zero before the first: [rows, N] = h W^T + bias. */
function hiddenProduct(states: usize, weight: usize, bias: usize, out: usize, rows: i32, steps: i32, t: i32, N: i32, h: i32): void {
  if (t > 0) {
    stepProduct(states + (<usize>((t - 1) * h) << 2), weight, out, rows, N, h, steps * h, 1, h, bias, t == 1)
    return
  }
  for (let row = 0; row < rows; row++) memory.copy(out + (<usize>(row * N) << 2), bias, <usize>N << 2)
}

/** 1 - x. */
@inline
function rest(x: v128): v128 {
  return f32x4.sub(f32x4.splat(1), x)
}

// Forward; words: projected, weight, bias, workspace, out, rows, steps, h. Backward see each.

/** h = tanh(projected + product). */
export function rnn(words: usize): void {
  const work = address(words, 3)
  const out = address(words, 4)
  const rows = word(words, 5)
  const steps = word(words, 6)
  const h = word(words, 7)
  for (let t = 0; t < steps; t++) {
    hiddenProduct(out, address(words, 1), address(words, 2), work, rows, steps, t, h, h)
    for (let row = 0; row < rows; row++) {
      const at = <usize>((row * steps + t) * h) << 2
      const own = work + (<usize>(row * h) << 2)
      for (let i = 0; i < h; i += 4) {
        const k = <usize>i << 2
        put(out + at + k, tanh4(f32x4.add(some(address(words, 0) + at + k, h - i), some(own + k, h - i))), h - i)
      }
    }
  }
}

/** words: states, weight, dy, workspace, out, rows, steps, h. */
export function rnn_gradient(words: usize): void {
  const work = address(words, 3)
  const out = address(words, 4)
  const rows = word(words, 5)
  const steps = word(words, 6)
  const h = word(words, 7)
  memory.fill(work, 0, <usize>(rows * h) << 2)
  for (let t = steps - 1; t >= 0; t--) {
    for (let row = 0; row < rows; row++) {
      const at = <usize>((row * steps + t) * h) << 2
      const own = work + (<usize>(row * h) << 2)
      for (let i = 0; i < h; i += 4) {
        const k = <usize>i << 2
        const y = some(address(words, 0) + at + k, h - i)
        const dy = f32x4.add(some(address(words, 2) + at + k, h - i), some(own + k, h - i))
        put(out + at + k, f32x4.mul(dy, f32x4.relaxed_nmadd(y, y, f32x4.splat(1))), h - i)
      }
    }
    if (t > 0) stepProduct(out + (<usize>(t * h) << 2), address(words, 1), work, rows, h, h, steps * h, h, 1, 0, t == steps - 1)
  }
}

/** r = s(pr + qr), z = s(pz + qz), n = tanh(pn + r qn), h = n + z (h' - n), with p projected and q the product. */
export function gru(words: usize): void {
  const work = address(words, 3)
  const out = address(words, 4)
  const rows = word(words, 5)
  const steps = word(words, 6)
  const h = word(words, 7)
  const bytes = <usize>h << 2
  for (let t = 0; t < steps; t++) {
    hiddenProduct(out, address(words, 1), address(words, 2), work, rows, steps, t, 3 * h, h)
    for (let row = 0; row < rows; row++) {
      const p = address(words, 0) + <usize>((row * steps + t) * 3) * bytes
      const q = work + <usize>(row * 3) * bytes
      const to = out + <usize>(row * steps + t) * bytes
      let left = h
      let k: usize = 0
      for (; t > 0 && left >= 8; left -= 8) {
        const before0 = v128.load(to - bytes + k)
        const before1 = v128.load(to - bytes + k, 16)
        const y0 = gruState(p + k, q + k, bytes, before0, 4)
        const y1 = gruState(p + k + 16, q + k + 16, bytes, before1, 4)
        v128.store(to + k, y0)
        v128.store(to + k, y1, 16)
        k += 32
      }
      for (; left > 0; left -= 4) {
        const before = t == 0 ? f32x4.splat(0) : some(to - bytes + k, left)
        put(to + k, gruState(p + k, q + k, bytes, before, left), left)
        k += 16
      }
    }
  }
}

/** The next state of four units. */
@inline
function gruState(p: usize, q: usize, bytes: usize, before: v128, left: i32): v128 {
  const r = sigmoid4(f32x4.add(some(p, left), some(q, left)))
  const z = sigmoid4(f32x4.add(some(p + bytes, left), some(q + bytes, left)))
  const n = tanh4(f32x4.relaxed_madd(r, some(q + 2 * bytes, left), some(p + 2 * bytes, left)))
  return f32x4.relaxed_madd(z, f32x4.sub(before, n), n)
}

/**
 * words: projected, products [rows, steps, 3h], states before [rows, steps, h], weight, dy, workspace,
 * out [2, rows, steps, 3h], rows, steps, h. The first half of out belongs to the projections, the second to the products.
 */
export function gru_gradient(words: usize): void {
  const work = address(words, 5)
  const out = address(words, 6)
  const rows = word(words, 7)
  const steps = word(words, 8)
  const h = word(words, 9)
  const bytes = <usize>h << 2
  const half = <usize>(rows * steps * 3) * bytes
  memory.fill(work, 0, <usize>rows * bytes)
  for (let t = steps - 1; t >= 0; t--) {
    for (let row = 0; row < rows; row++) {
      const place = <usize>(row * steps + t)
      gruCell(words, place * bytes, work + <usize>row * bytes, out + place * 3 * bytes, half, h)
    }
    if (t == 0) break
    // what goes back through the products is added to what goes back directly, which gruCell left in the workspace
    const from = out + half + (<usize>(t * 3 * h) << 2)
    stepProduct(from, address(words, 3), work + <usize>rows * bytes, rows, h, 3 * h, steps * 3 * h, h, 1, 0, t == steps - 1)
    addTo(work, work + <usize>rows * bytes, rows * h)
  }
}

function addTo(to: usize, from: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2
    put(to + at, f32x4.add(some(to + at, count - i), some(from + at, count - i)), count - i)
  }
}

function gruCell(words: usize, at: usize, carry: usize, to: usize, half: usize, h: i32): void {
  const bytes = <usize>h << 2
  const p = address(words, 0) + 3 * at
  const q = address(words, 1) + 3 * at
  const before = address(words, 2) + at
  const upstream = address(words, 4) + at
  let k: usize = 0
  let left = h
  for (; left >= 8; left -= 8) {
    const k1 = k + 16
    const hidden0 = v128.load(q + 2 * bytes + k)
    const hidden1 = v128.load(q + 2 * bytes + k1)
    const r0 = sigmoid4(f32x4.add(v128.load(p + k), v128.load(q + k)))
    const r1 = sigmoid4(f32x4.add(v128.load(p + k1), v128.load(q + k1)))
    const z0 = sigmoid4(f32x4.add(v128.load(p + bytes + k), v128.load(q + bytes + k)))
    const z1 = sigmoid4(f32x4.add(v128.load(p + bytes + k1), v128.load(q + bytes + k1)))
    const n0 = tanh4(f32x4.relaxed_madd(r0, hidden0, v128.load(p + 2 * bytes + k)))
    const n1 = tanh4(f32x4.relaxed_madd(r1, hidden1, v128.load(p + 2 * bytes + k1)))
    const dy0 = f32x4.add(v128.load(upstream + k), v128.load(carry + k))
    const dy1 = f32x4.add(v128.load(upstream + k1), v128.load(carry + k1))
    const dn0 = pullOfNew(dy0, z0, n0)
    const dn1 = pullOfNew(dy1, z1, n1)
    const dz0 = pullOfUpdate(dy0, v128.load(before + k), z0, n0)
    const dz1 = pullOfUpdate(dy1, v128.load(before + k1), z1, n1)
    const dr0 = pullOfReset(dn0, hidden0, r0)
    const dr1 = pullOfReset(dn1, hidden1, r1)
    putPair(to + k, dr0, dr1)
    putPair(to + bytes + k, dz0, dz1)
    putPair(to + 2 * bytes + k, dn0, dn1)
    putPair(to + half + k, dr0, dr1)
    putPair(to + half + bytes + k, dz0, dz1)
    putPair(to + half + 2 * bytes + k, f32x4.mul(dn0, r0), f32x4.mul(dn1, r1))
    putPair(carry + k, f32x4.mul(dy0, z0), f32x4.mul(dy1, z1))
    k += 32
  }
  for (; left > 0; left -= 4) {
    const hidden = some(q + 2 * bytes + k, left)
    const r = sigmoid4(f32x4.add(some(p + k, left), some(q + k, left)))
    const z = sigmoid4(f32x4.add(some(p + bytes + k, left), some(q + bytes + k, left)))
    const n = tanh4(f32x4.relaxed_madd(r, hidden, some(p + 2 * bytes + k, left)))
    const dy = f32x4.add(some(upstream + k, left), some(carry + k, left))
    const dn = pullOfNew(dy, z, n)
    const dz = pullOfUpdate(dy, some(before + k, left), z, n)
    const dr = pullOfReset(dn, hidden, r)
    put(to + k, dr, left)
    put(to + bytes + k, dz, left)
    put(to + 2 * bytes + k, dn, left)
    put(to + half + k, dr, left)
    put(to + half + bytes + k, dz, left)
    put(to + half + 2 * bytes + k, f32x4.mul(dn, r), left)
    put(carry + k, f32x4.mul(dy, z), left)
    k += 16
  }
}

@inline
function putPair(at: usize, low: v128, high: v128): void {
  v128.store(at, low)
  v128.store(at, high, 16)
}

/** Back to the sum of n: dy (1 - z)(1 - n^2). */
@inline
function pullOfNew(dy: v128, z: v128, n: v128): v128 {
  return f32x4.mul(f32x4.mul(dy, rest(z)), f32x4.relaxed_nmadd(n, n, f32x4.splat(1)))
}

/** Back to the sum of z: dy (h' - n) z (1 - z). */
@inline
function pullOfUpdate(dy: v128, before: v128, z: v128, n: v128): v128 {
  return f32x4.mul(f32x4.mul(dy, f32x4.sub(before, n)), f32x4.mul(z, rest(z)))
}

/** Back to the sum of r: dn q r (1 - r). */
@inline
function pullOfReset(dn: v128, hidden: v128, r: v128): v128 {
  return f32x4.mul(f32x4.mul(dn, hidden), f32x4.mul(r, rest(r)))
}

/** i, f, o = s(.), g = tanh(.), c = f c' + i g, h = o tanh(c); out [2, rows, steps, h]: h, then c. */
export function lstm(words: usize): void {
  const work = address(words, 3)
  const out = address(words, 4)
  const rows = word(words, 5)
  const steps = word(words, 6)
  const h = word(words, 7)
  const bytes = <usize>h << 2
  const cells = out + <usize>(rows * steps) * bytes
  for (let t = 0; t < steps; t++) {
    hiddenProduct(out, address(words, 1), address(words, 2), work, rows, steps, t, 4 * h, h)
    for (let row = 0; row < rows; row++) {
      const place = <usize>(row * steps + t) * bytes
      const p = address(words, 0) + 4 * place
      const q = work + <usize>(row * 4) * bytes
      for (let n = 0; n < h; n += 4) {
        const k = <usize>n << 2
        const left = h - n
        const i = sigmoid4(f32x4.add(some(p + k, left), some(q + k, left)))
        const f = sigmoid4(f32x4.add(some(p + bytes + k, left), some(q + bytes + k, left)))
        const g = tanh4(f32x4.add(some(p + 2 * bytes + k, left), some(q + 2 * bytes + k, left)))
        const o = sigmoid4(f32x4.add(some(p + 3 * bytes + k, left), some(q + 3 * bytes + k, left)))
        const before = t == 0 ? f32x4.splat(0) : some(cells + place - bytes + k, left)
        const c = f32x4.relaxed_madd(f, before, f32x4.mul(i, g))
        put(cells + place + k, c, left)
        put(out + place + k, f32x4.mul(o, tanh4(c)), left)
      }
    }
  }
}

/**
 * words: projected, products [rows, steps, 4h], states and cells [2, rows, steps, h], weight, dy [2, rows, steps, h],
 * workspace [2, rows, h], out [rows, steps, 4h], rows, steps, h.
 */
export function lstm_gradient(words: usize): void {
  const work = address(words, 5)
  const out = address(words, 6)
  const rows = word(words, 7)
  const steps = word(words, 8)
  const h = word(words, 9)
  const bytes = <usize>h << 2
  const plane = <usize>rows * bytes
  memory.fill(work, 0, 2 * plane)
  for (let t = steps - 1; t >= 0; t--) {
    for (let row = 0; row < rows; row++) {
      const carry = work + <usize>row * bytes
      lstmCell(words, <usize>(row * steps + t) * bytes, carry, carry + plane, <usize>(rows * steps) * bytes, h, t == 0)
    }
    if (t == 0) break
    stepProduct(out + (<usize>(t * 4 * h) << 2), address(words, 3), work, rows, h, 4 * h, steps * 4 * h, h, 1, 0, t == steps - 1)
  }
}

function lstmCell(words: usize, at: usize, carry: usize, carryCell: usize, plane: usize, h: i32, isFirst: bool): void {
  const bytes = <usize>h << 2
  const p = address(words, 0) + 4 * at
  const q = address(words, 1) + 4 * at
  const cells = address(words, 2) + plane + at
  const upstream = address(words, 4) + at
  const to = address(words, 6) + 4 * at
  for (let n = 0; n < h; n += 4) {
    const k = <usize>n << 2
    const left = h - n
    const i = sigmoid4(f32x4.add(some(p + k, left), some(q + k, left)))
    const f = sigmoid4(f32x4.add(some(p + bytes + k, left), some(q + bytes + k, left)))
    const g = tanh4(f32x4.add(some(p + 2 * bytes + k, left), some(q + 2 * bytes + k, left)))
    const o = sigmoid4(f32x4.add(some(p + 3 * bytes + k, left), some(q + 3 * bytes + k, left)))
    const c = tanh4(some(cells + k, left))
    const before = isFirst ? f32x4.splat(0) : some(cells - bytes + k, left)
    const dh = f32x4.add(some(upstream + k, left), some(carry + k, left))
    const slope = f32x4.mul(f32x4.mul(dh, o), f32x4.relaxed_nmadd(c, c, f32x4.splat(1)))
    const dc = f32x4.add(f32x4.add(slope, some(upstream + plane + k, left)), some(carryCell + k, left))
    put(to + k, f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, rest(i))), left)
    put(to + bytes + k, f32x4.mul(f32x4.mul(dc, before), f32x4.mul(f, rest(f))), left)
    put(to + 2 * bytes + k, f32x4.mul(f32x4.mul(dc, i), f32x4.relaxed_nmadd(g, g, f32x4.splat(1))), left)
    put(to + 3 * bytes + k, f32x4.mul(f32x4.mul(dh, c), f32x4.mul(o, rest(o))), left)
    put(carryCell + k, f32x4.mul(dc, f), left)
  }
}

/** Each sequence one step later, zeros first; words: x, out, rows, steps, width. */
export function delay(words: usize): void {
  if (word(words, 3) == 0) return
  const bytes = <usize>word(words, 4) << 2
  const all = <usize>word(words, 3) * bytes
  for (let row = 0; row < word(words, 2); row++) {
    const to = address(words, 1) + <usize>row * all
    memory.fill(to, 0, bytes)
    memory.copy(to + bytes, address(words, 0) + <usize>row * all, all - bytes)
  }
}

/** A workspace needs no values. */
export function workspace(words: usize): void {}
