/** One short text that proves two sets of parameters equal, bit for bit. */
import type { ParameterInfo } from '../spec/index.ts'
import { Sha256, sha256 } from './sha256.ts'

/** A tensor to hash. */
export interface HashedTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** Floats turned into bytes at a time. */
const chunk = 4096
/** Every NaN hashes as this one: processors differ in the bits that they leave in a NaN. */
const canonicalNan = 0x7fc00000

const encoder = new TextEncoder()

/**
 * `sha256:` and the SHA-256 over the tensors sorted by name: for each, all numbers little-endian, the length of the name
 * in bytes (u32), the name in UTF-8, the rank (u32), the dimensions (u32 each), the values (float32). The order in which
 * the tensors come does not matter.
 */
export function weightsHash(tensors: readonly HashedTensor[]): string {
  const hash = new Sha256()
  const buffer = new Uint8Array(chunk * 4)
  const view = new DataView(buffer.buffer)
  const sorted = [...tensors].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  for (const { name, shape, data } of sorted) {
    const nameBytes = encoder.encode(name)
    hash.update(littleEndian([nameBytes.length])).update(nameBytes)
    hash.update(littleEndian([shape.length, ...shape]))
    for (let start = 0; start < data.length; start += chunk) {
      const count = Math.min(chunk, data.length - start)
      for (let i = 0; i < count; i++) {
        const value = data[start + i] ?? 0
        if (Number.isNaN(value)) view.setUint32(4 * i, canonicalNan, true)
        else view.setFloat32(4 * i, value, true)
      }
      hash.update(buffer.subarray(0, 4 * count))
    }
  }
  return `sha256:${hash.hex()}`
}

function littleEndian(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * numbers.length)
  const view = new DataView(bytes.buffer)
  numbers.forEach((value, i) => {
    view.setUint32(4 * i, value, true)
  })
  return bytes
}

/** What a recipe calls a table's text: SHA-256 of its UTF-8 bytes, in hexadecimal. */
export const contentHash = (text: string): string => sha256(encoder.encode(text))

/** The same of parameters that lie end to end. */
export function parametersHash(parameters: readonly ParameterInfo[], values: Float32Array): string {
  const dataOf = ({ offset, size }: ParameterInfo): Float32Array => values.subarray(offset, offset + size)
  return weightsHash(parameters.map((info) => ({ name: info.name, shape: info.shape, data: dataOf(info) })))
}
