import { describe, expect, it } from 'vitest'
import { weightsHash } from '../../../src/core/io/hash.ts'
import { Sha256, sha256 } from '../../../src/core/io/sha256.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('SHA-256', () => {
  // FIPS 180-4 examples and NIST's long message.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1e6), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('of %.8s… is the published one', (text, expected) => {
    expect(sha256(bytes(text))).toBe(expected)
  })
  it('does not depend on the pieces', () => {
    const data = Uint8Array.from({ length: 300 }, (_, i) => i)
    for (const piece of [1, 7, 55, 56, 63, 64, 65, 128, 299]) {
      const hash = new Sha256()
      for (let at = 0; at < data.length; at += piece) hash.update(data.subarray(at, at + piece))
      expect(hash.hex()).toBe(sha256(data))
    }
  })
})

describe('the hash of weights', () => {
  const a = { name: 'a', shape: [2, 3], data: Float32Array.from([1, 2, 3, 4, 5, 6]) }
  const b = { name: 'b', shape: [1], data: Float32Array.from([0.5]) }
  const hash = weightsHash([a, b])

  it('is the SHA-256 of names, shapes and bytes as they are documented', () => {
    const flat = [1, 0, 0, 0, 0x62, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x3f]
    expect(weightsHash([b])).toBe(`sha256:${sha256(Uint8Array.from(flat))}`)
  })
  it('does not depend on the order of the tensors', () => {
    expect(weightsHash([b, a])).toBe(hash)
  })
  it('depends on every name, shape and bit', () => {
    expect(weightsHash([{ ...a, name: 'c' }, b])).not.toBe(hash)
    expect(weightsHash([{ ...a, shape: [3, 2] }, b])).not.toBe(hash)
    expect(weightsHash([{ ...a, data: Float32Array.from([1, 2, 3, 4, 5, 6.0000005]) }, b])).not.toBe(hash)
    expect(weightsHash([{ ...b, data: Float32Array.of(0) }])).not.toBe(
      weightsHash([{ ...b, data: Float32Array.of(-0) }]),
    )
  })
  it('is the same for every NaN', () => {
    const nan = (bits: number): Float32Array => new Float32Array(Uint32Array.of(bits).buffer)
    expect(weightsHash([{ ...b, data: nan(0xffc00001) }])).toBe(weightsHash([{ ...b, data: nan(0x7fc00000) }]))
  })
  it('crosses its chunks', () => {
    const data = Float32Array.from({ length: 10_000 }, (_, i) => i)
    const other = data.slice()
    other[9_999] = 0
    expect(weightsHash([{ name: 'x', shape: [10_000], data }])).not.toBe(
      weightsHash([{ name: 'x', shape: [10_000], data: other }]),
    )
  })
})
