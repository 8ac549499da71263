/** Writes float32 tensors as one safetensors file: sorted by name, header padded so that the data is aligned to 8. */

/** A tensor to write. */
export interface WrittenTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array
}

const alignment = 8
const lengthBytes = 8

/** The bytes of a file; equal tensors and metadata give equal bytes. */
export function writeSafetensors(
  tensors: readonly WrittenTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const sorted = [...tensors].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const header: [string, unknown][] = [['__metadata__', metadata]]
  let size = 0
  for (const { name, shape, data } of sorted) {
    const count = shape.reduce((product, dimension) => product * dimension, 1)
    if (count !== data.length)
      throw new Error(`internal: ${name}: shape [${shape}] has ${count} values, got ${data.length}`)
    header.push([name, { dtype: 'F32', shape, data_offsets: [size, size + 4 * count] }])
    size += 4 * count
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)))
  const padded = Math.ceil(json.length / alignment) * alignment
  const file = new Uint8Array(lengthBytes + padded + size)
  const view = new DataView(file.buffer)
  view.setUint32(0, padded, true)
  file.fill(0x20, lengthBytes + json.length, lengthBytes + padded)
  file.set(json, lengthBytes)
  let at = lengthBytes + padded
  for (const { data } of sorted) {
    for (const value of data) {
      view.setFloat32(at, value, true)
      at += 4
    }
  }
  return file
}
