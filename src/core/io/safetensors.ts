/**
 * safetensors: u64 length of the header, the header as UTF-8 JSON, then the tensors' bytes, one after the other.
 * https://github.com/huggingface/safetensors, section Format. Stricter than the reference reader: see `readSafetensors`.
 */
import { excerpt, Fault, type FaultValues, nearest } from '../spec/index.ts'
import { type JsonNode, type JsonProblem, readJson } from './json.ts'

/** Bits of one element. */
const dtypes = new Map([
  ['BOOL', 8],
  ['F4', 4],
  ['F6_E2M3', 6],
  ['F6_E3M2', 6],
  ['U8', 8],
  ['I8', 8],
  ['F8_E5M2', 8],
  ['F8_E4M3', 8],
  ['F8_E8M0', 8],
  ['F8_E4M3FNUZ', 8],
  ['F8_E5M2FNUZ', 8],
  ['I16', 16],
  ['U16', 16],
  ['F16', 16],
  ['BF16', 16],
  ['I32', 32],
  ['U32', 32],
  ['F32', 32],
  ['C64', 64],
  ['F64', 64],
  ['I64', 64],
  ['U64', 64],
])

// Limits for files from elsewhere.
const longestFile = 2 ** 31
const longestHeader = 100_000_000
const mostTensors = 65_536
const longestNameBytes = 512
const highestRank = 8
const largestDimension = 2 ** 31 - 1
const lengthBytes = 8

const encoder = new TextEncoder()

/** One tensor of a file; `bytes` is a view into it. */
export interface SafeTensor {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly bytes: Uint8Array
}

export interface SafetensorsFile {
  readonly metadata: ReadonlyMap<string, string>
  /** In the order of their bytes. */
  readonly tensors: ReadonlyMap<string, SafeTensor>
}

/** A tensor as its header entry says it. */
interface Entry {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
  /** Byte of the file where the entry stands. */
  readonly at: number
}

/** Fault at a byte of the file. */
function faultAt(code: string, offset: number, values: FaultValues = {}): Fault {
  return new Fault(code, { ...values, offset }, `byte ${offset}`)
}

/**
 * Reads a whole file. Every rule of the format is checked before anything is used: header in bounds and beginning with
 * `{`, valid UTF-8, no key twice, no unknown field, known types, sizes that fit, and tensors that cover the data without
 * hole or overlap. Throws a `Fault` (`SAFE-…`), a code for each rule, with the byte.
 */
export function readSafetensors(file: Uint8Array): SafetensorsFile {
  const text = headerText(file)
  const start = lengthBytes + headerLength(file)
  const byteAt = (at: number): number => lengthBytes + encoder.encode(text.slice(0, at)).length
  const root = readJson(text, (problem, at, detail) => faultAt(jsonCodes[problem], byteAt(at), { found: detail }))
  if (root.kind !== 'object') throw faultAt('SAFE-004', lengthBytes)
  if (root.entries.size > mostTensors + 1) {
    throw faultAt('SAFE-021', lengthBytes, { count: root.entries.size, max: mostTensors })
  }
  let metadata: ReadonlyMap<string, string> = new Map()
  const entries: Entry[] = []
  for (const [name, node] of root.entries) {
    if (name === '__metadata__') metadata = readMetadata(node, byteAt)
    else entries.push(readEntry(name, node, byteAt))
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end)
  checkCoverage(entries, start, file.length)
  const tensors = entries.map(({ name, dtype, shape, begin, end }): [string, SafeTensor] => [
    name,
    { name, dtype, shape, bytes: file.subarray(start + begin, start + end) },
  ])
  return { metadata, tensors: new Map(tensors) }
}

const jsonCodes: { readonly [Problem in JsonProblem]: string } = {
  syntax: 'SAFE-006',
  duplicate: 'SAFE-007',
  depth: 'SAFE-023',
}

/** Length of the header; at most 2^53 is told exactly, the limit is far below. */
function headerLength(file: Uint8Array): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  return view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true)
}

function headerText(file: Uint8Array): string {
  if (file.length > longestFile) throw faultAt('SAFE-024', 0, { size: file.length, max: longestFile })
  if (file.length < lengthBytes) throw faultAt('SAFE-001', 0, { size: file.length })
  const length = headerLength(file)
  if (length > longestHeader) throw faultAt('SAFE-003', 0, { length, max: longestHeader })
  const available = file.length - lengthBytes
  if (length > available) throw faultAt('SAFE-002', 0, { length, available, missing: length - available })
  const header = file.subarray(lengthBytes, lengthBytes + length)
  if (header[0] !== 0x7b) throw faultAt('SAFE-004', lengthBytes)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(header)
  } catch {
    throw faultAt('SAFE-005', lengthBytes)
  }
}

function readMetadata(node: JsonNode, byteAt: (at: number) => number): ReadonlyMap<string, string> {
  if (node.kind !== 'object') throw faultAt('SAFE-008', byteAt(node.at))
  const metadata = new Map<string, string>()
  for (const [key, value] of node.entries) {
    if (value.kind !== 'string') throw faultAt('SAFE-008', byteAt(value.at))
    metadata.set(key, value.value)
  }
  return metadata
}

const fields = ['dtype', 'shape', 'data_offsets']

function readEntry(name: string, node: JsonNode, byteAt: (at: number) => number): Entry {
  const shown = excerpt(name)
  const fail = (code: string, at: JsonNode, values: FaultValues = {}): Fault =>
    faultAt(code, byteAt(at.at), { name: shown, ...values })
  if (encoder.encode(name).length > longestNameBytes) throw fail('SAFE-022', node, { max: longestNameBytes })
  if (node.kind !== 'object') throw fail('SAFE-009', node, { field: 'dtype' })
  for (const key of node.entries.keys()) {
    if (!fields.includes(key)) throw fail('SAFE-025', node, { field: excerpt(key) })
  }
  const field = (key: string): JsonNode => {
    const found = node.entries.get(key)
    if (found === undefined) throw fail('SAFE-009', node, { field: key })
    return found
  }
  const typeNode = field('dtype')
  const shapeNode = field('shape')
  const offsetsNode = field('data_offsets')
  const dtype = typeNode.kind === 'string' ? typeNode.value : ''
  const bits = dtypes.get(dtype)
  if (bits === undefined)
    throw fail('SAFE-010', typeNode, { given: excerpt(dtype), nearest: nearest(dtype, [...dtypes.keys()]) })
  const shape = wholeNumbers(shapeNode, largestDimension)
  if (shape === undefined) throw fail('SAFE-011', shapeNode, { max: largestDimension })
  if (shape.length > highestRank) throw fail('SAFE-012', shapeNode, { count: shape.length, max: highestRank })
  const [begin, end, ...more] = wholeNumbers(offsetsNode, Number.MAX_SAFE_INTEGER) ?? []
  if (begin === undefined || end === undefined || more.length > 0 || begin > end) throw fail('SAFE-014', offsetsNode)
  const size = sizeBits(shape, bits)
  if (size === undefined) throw fail('SAFE-013', shapeNode)
  if (size % 8 !== 0) throw fail('SAFE-016', shapeNode, { bits: size })
  if (size / 8 !== end - begin) throw fail('SAFE-015', offsetsNode, { expected: size / 8, given: end - begin })
  return { name, dtype, shape, begin, end, at: byteAt(node.at) }
}

/** A list of whole numbers from 0 to `max`, written as such; undefined for anything else. */
function wholeNumbers(node: JsonNode, max: number): readonly number[] | undefined {
  if (node.kind !== 'array') return undefined
  const numbers: number[] = []
  for (const item of node.items) {
    if (item.kind !== 'number' || !/^\d+$/.test(item.text) || Number(item.text) > max) return undefined
    numbers.push(Number(item.text))
  }
  return numbers
}

/** Bits of a tensor; undefined where the product leaves the exact numbers, even if a later dimension is 0. */
function sizeBits(shape: readonly number[], bits: number): number | undefined {
  let size = bits
  for (const dimension of shape) {
    size *= dimension
    if (!Number.isSafeInteger(size)) return undefined
  }
  return size
}

/** Sorted by place, the tensors must touch, from the first byte of the data to the file's last. */
function checkCoverage(entries: readonly Entry[], start: number, length: number): void {
  let covered = 0
  for (const { name, begin, end, at } of entries) {
    const values = { name: excerpt(name), expected: covered, given: begin }
    if (begin < covered) throw faultAt('SAFE-017', at, values)
    if (begin > covered) throw faultAt('SAFE-018', at, values)
    covered = end
  }
  const expected = start + covered
  if (expected > length) throw faultAt('SAFE-019', length, { missing: expected - length, expected })
  if (expected < length) throw faultAt('SAFE-020', expected, { extra: length - expected, expected })
}

/** The values of an F32 tensor, copied; undefined for any other type. */
export function floatsOf(tensor: SafeTensor): Float32Array | undefined {
  if (tensor.dtype !== 'F32') return undefined
  const floats = new Float32Array(tensor.bytes.length / 4)
  const view = new DataView(tensor.bytes.buffer, tensor.bytes.byteOffset, tensor.bytes.byteLength)
  for (let i = 0; i < floats.length; i++) floats[i] = view.getFloat32(4 * i, true)
  return floats
}
