// Recurrent layers over a whole sequence: one product a step, then the gates. All tensors are [rows, steps, numbers].
import { sigmoid4, tanh4 } from './math'
import { address, loadPart, storePart, word } from './memory'
import { matmul } from './product'

/** Words of the product of one step. */
const product = memory.data(13 * 4, 16)

/** out [rows, N] = (rows of a, `strideA` floats apart) [rows, K] B (+ bias), B by its strides. */
function stepProduct(a: usize, b: usize, out: usize, rows: i32, N: i32, K: i32, strideA: i32, depthB: i32, columnB: i32, bias: usize): void {
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
  store<u32>(product, <u32>bias, 44)
  store<i32>(product, 0, 48)
  matmul(product)
}

/** Products of the states before this step, zero before the first: [rows, N] = h W^T + bias. */
function hiddenProduct(states: usize, weight: usize, bias: usize, out: usize, rows: i32, steps: i32, t: i32, N: i32, h: i32): void {
  if (t > 0) {
    stepProduct(states + (<usize>((t - 1) * h) << 2), weight, out, rows, N, h, steps * h, 1, h, bias)
    return
  }
  for (let row = 0; row < rows; row++) memory.copy(out + (<usize>(row * N) << 2), bias, <usize>N << 2)
}

@inline
function some(at: usize, left: i32): v128 {
  return left >= 4 ? v128.load(at) : loadPart(at, left, 0)
}

@inline
function put(at: usize, value: v128, left: i32): void {
  if (left >= 4) v128.store(at, value)
  else storePart(at, value, left)
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
    if (t > 0) stepProduct(out + (<usize>(t * h) << 2), address(words, 1), work, rows, h, h, steps * h, h, 1, 0)
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
      for (let i = 0; i < h; i += 4) {
        const k = <usize>i << 2
        const left = h - i
        const r = sigmoid4(f32x4.add(some(p + k, left), some(q + k, left)))
        const z = sigmoid4(f32x4.add(some(p + bytes + k, left), some(q + bytes + k, left)))
        const n = tanh4(f32x4.relaxed_madd(r, some(q + 2 * bytes + k, left), some(p + 2 * bytes + k, left)))
        const before = t == 0 ? f32x4.splat(0) : some(to - bytes + k, left)
        put(to + k, f32x4.relaxed_madd(z, f32x4.sub(before, n), n), left)
      }
    }
  }
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
    stepProduct(from, address(words, 3), work + <usize>rows * bytes, rows, h, 3 * h, steps * 3 * h, h, 1, 0)
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
  for (let i = 0; i < h; i += 4) {
    const k = <usize>i << 2
    const left = h - i
    const hidden = some(q + 2 * bytes + k, left)
    const r = sigmoid4(f32x4.add(some(p + k, left), some(q + k, left)))
    const z = sigmoid4(f32x4.add(some(p + bytes + k, left), some(q + bytes + k, left)))
    const n = tanh4(f32x4.relaxed_madd(r, hidden, some(p + 2 * bytes + k, left)))
    const dy = f32x4.add(some(upstream + k, left), some(carry + k, left))
    const dn = f32x4.mul(f32x4.mul(dy, rest(z)), f32x4.relaxed_nmadd(n, n, f32x4.splat(1)))
    const dz = f32x4.mul(f32x4.mul(dy, f32x4.sub(some(before + k, left), n)), f32x4.mul(z, rest(z)))
    const dr = f32x4.mul(f32x4.mul(dn, hidden), f32x4.mul(r, rest(r)))
    put(to + k, dr, left)
    put(to + bytes + k, dz, left)
    put(to + 2 * bytes + k, dn, left)
    put(to + half + k, dr, left)
    put(to + half + bytes + k, dz, left)
    put(to + half + 2 * bytes + k, f32x4.mul(dn, r), left)
    put(carry + k, f32x4.mul(dy, z), left)
  }
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
    stepProduct(out + (<usize>(t * 4 * h) << 2), address(words, 3), work, rows, h, 4 * h, steps * 4 * h, h, 1, 0)
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
