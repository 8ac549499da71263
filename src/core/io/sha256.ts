/** SHA-256 (FIPS 180-4), fed in pieces. The host's own is asynchronous in browsers, and core knows no host. */

const blockBytes = 64

/** The first 32 bits of the fractional parts of a root of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
function rootFractions(count: number, root: (prime: number) => number): Uint32Array {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return Uint32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32)
}

/** Cube root by Newton's method: * / + - alone, exact to the last bit but one, of which 32 bits are used. */
function cubeRoot(x: number): number {
  let y = x
  for (let i = 0; i < 60; i++) y = (2 * y + x / (y * y)) / 3
  return y
}

const roundConstants = rootFractions(64, cubeRoot)
const initialState = rootFractions(8, Math.sqrt)

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

/** A hash being fed. */
export class Sha256 {
  readonly #state = Uint32Array.from(initialState)
  readonly #words = new Uint32Array(64)
  readonly #block = new Uint8Array(blockBytes)
  readonly #view = new DataView(this.#block.buffer)
  #filled = 0
  #total = 0

  /** Adds bytes. */
  update(bytes: Uint8Array): this {
    this.#total += bytes.length
    let at = 0
    while (at < bytes.length) {
      const taken = Math.min(blockBytes - this.#filled, bytes.length - at)
      this.#block.set(bytes.subarray(at, at + taken), this.#filled)
      this.#filled += taken
      at += taken
      if (this.#filled === blockBytes) this.#compress()
    }
    return this
  }

  /** Ends the hash and gives it as 64 hexadecimal digits; nothing may be added after. */
  hex(): string {
    const bits = this.#total * 8
    this.#block[this.#filled++] = 0x80
    if (this.#filled > blockBytes - 8) {
      this.#block.fill(0, this.#filled)
      this.#compress()
    }
    this.#block.fill(0, this.#filled)
    this.#view.setUint32(blockBytes - 8, Math.floor(bits / 2 ** 32))
    this.#view.setUint32(blockBytes - 4, bits % 2 ** 32)
    this.#compress()
    return Array.from(this.#state, (word) => word.toString(16).padStart(8, '0')).join('')
  }

  #compress(): void {
    const w = this.#words
    for (let t = 0; t < 16; t++) w[t] = this.#view.getUint32(4 * t)
    for (let t = 16; t < 64; t++) {
      const early = w[t - 15] ?? 0
      const late = w[t - 2] ?? 0
      const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)
      const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10)
      w[t] = sigma1 + (w[t - 7] ?? 0) + sigma0 + (w[t - 16] ?? 0)
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = this.#state
    for (let t = 0; t < 64; t++) {
      const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      const choose = (e & f) ^ (~e & g)
      const first = (h + sum1 + choose + (roundConstants[t] ?? 0) + (w[t] ?? 0)) | 0
      const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
      const majority = (a & b) ^ (a & c) ^ (b & c)
      h = g
      g = f
      f = e
      e = (d + first) | 0
      d = c
      c = b
      b = a
      a = (first + sum0 + majority) | 0
    }
    const added = [a, b, c, d, e, f, g, h]
    for (let i = 0; i < 8; i++) this.#state[i] = (this.#state[i] ?? 0) + (added[i] ?? 0)
    this.#filled = 0
  }
}

/** SHA-256 of bytes, 64 hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  return new Sha256().update(bytes).hex()
}
