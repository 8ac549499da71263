/** What a file is by its first bytes, where it is none of ours. */

const signatures: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['GIF', [0x47, 0x49, 0x46, 0x38]],
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['HDF5', [0x89, 0x48, 0x44, 0x46]],
  ['GGUF', [0x47, 0x47, 0x55, 0x46]],
  ['NumPy', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['7-Zip', [0x37, 0x7a, 0xbc, 0xaf]],
  ['ZIP', [0x50, 0x4b, 0x03, 0x04]],
]

/** Name of a well-known kind of file that is neither text nor safetensors; undefined for all else. */
export function fileKind(bytes: Uint8Array): string | undefined {
  const known = signatures.find(([, signature]) => signature.every((byte, i) => bytes[i] === byte))
  if (known !== undefined) return known[0]
  if (isPickle(bytes)) return 'pickle'
  return isOnnx(bytes) ? 'ONNX' : undefined
}

/** Python's pickle begins with its opcode PROTO and a version from 2 to 5. */
function isPickle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && (bytes[1] ?? 0) >= 2 && (bytes[1] ?? 0) <= 5
}

/** ONNX begins with field 1 of ModelProto, ir_version, a small number, and mostly goes on with a field of bytes. */
function isOnnx(bytes: Uint8Array): boolean {
  const next = bytes[2] ?? 0
  return bytes[0] === 0x08 && (bytes[1] ?? 0) >= 1 && (bytes[1] ?? 0) <= 20 && [0x12, 0x1a, 0x3a, 0x42].includes(next)
}
