import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { floatsOf, readSafetensors } from '../../../src/core/io/safetensors.ts'
import { writeSafetensors } from '../../../src/core/io/safetensors-write.ts'
import { faultOf } from '../../support/fault.ts'

interface Case {
  readonly case: string
  readonly expected: string
  readonly at?: string
  readonly hex: string
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('../../fixtures/safetensors.json', import.meta.url), 'utf8'),
)

/** A file of this header and so many bytes of data. */
function fileOf(header: string | Uint8Array, dataBytes = 0): Uint8Array {
  const bytes = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const file = new Uint8Array(8 + bytes.length + dataBytes)
  new DataView(file.buffer).setUint32(0, bytes.length, true)
  file.set(bytes, 8)
  return file
}

const entry = (shape: unknown, offsets: unknown, dtype = 'F32'): object => ({ dtype, shape, data_offsets: offsets })

describe('the reader', () => {
  it.each(cases)('answers $case with $expected', ({ expected, at, hex }) => {
    const read = () => readSafetensors(Buffer.from(hex, 'hex'))
    if (expected === 'ok') return expect(read).not.toThrow()
    const fault = faultOf(read)
    return expect([fault.code, fault.at]).toEqual([expected, at])
  })

  const more: readonly (readonly [fact: string, file: Uint8Array, code: string, at: string])[] = [
    ['7 bytes', new Uint8Array(7), 'SAFE-001', 'byte 0'],
    ['broken UTF-8', fileOf(Uint8Array.from([0x7b, 0xff, 0x7d])), 'SAFE-005', 'byte 8'],
    ['a rank of 9', fileOf(JSON.stringify({ a: entry(Array(9).fill(1), [0, 4]) }), 4), 'SAFE-012', 'byte 36'],
    ['a product beyond 2^53', fileOf(JSON.stringify({ a: entry([2e9, 2e9], [0, 4]) }), 4), 'SAFE-013', 'byte 36'],
    ['a size that does not fit', fileOf(JSON.stringify({ a: entry([2], [0, 4]) }), 4), 'SAFE-015', 'byte 55'],
    ['a long name', fileOf(JSON.stringify({ ['가'.repeat(171)]: entry([1], [0, 4]) }), 4), 'SAFE-022', 'byte 525'],
    [
      'a place counted in bytes, not characters',
      fileOf(JSON.stringify({ 가: entry([1], [0, 4], 'F99') }), 4),
      'SAFE-010',
      'byte 24',
    ],
  ]
  it.each(more)('refuses %s', (_, file, code, at) => {
    const fault = faultOf(() => readSafetensors(file))
    expect([fault.code, fault.at]).toEqual([code, at])
  })
  it('refuses more tensors than it reads', () => {
    const header = Object.fromEntries(Array.from({ length: 65_538 }, (_, i) => [`t${i}`, entry([0], [0, 0])]))
    expect(faultOf(() => readSafetensors(fileOf(JSON.stringify(header)))).code).toBe('SAFE-021')
  })
  it('says how many bytes are missing', () => {
    const file = fileOf(JSON.stringify({ a: entry([100], [0, 400]) }), 400)
    expect(faultOf(() => readSafetensors(file.subarray(0, file.length - 39))).values).toMatchObject({ missing: 39 })
    expect(faultOf(() => readSafetensors(file.subarray(0, 20))).code).toBe('SAFE-002')
  })
  it('keeps names that are dangerous elsewhere as plain data', () => {
    const file = fileOf('{"__proto__":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}', 2)
    expect([...readSafetensors(file).tensors.keys()]).toEqual(['__proto__'])
  })
  it('lets empty tensors share a place', () => {
    const file = fileOf(JSON.stringify({ b: entry([0], [4, 4]), a: entry([1], [0, 4]), c: entry([0, 3], [4, 4]) }), 4)
    expect(readSafetensors(file).tensors.size).toBe(3)
  })
  it('reads files that begin anywhere in a buffer', () => {
    const file = writeSafetensors([{ name: 'a', shape: [2], data: Float32Array.of(1, 2) }], {})
    const shifted = new Uint8Array(file.length + 3)
    shifted.set(file, 3)
    const tensor = readSafetensors(shifted.subarray(3)).tensors.get('a')
    expect(tensor && [...(floatsOf(tensor) ?? [])]).toEqual([1, 2])
  })
})

describe('the writer', () => {
  const tensors = [
    { name: 'layers.1.weight', shape: [2, 2], data: Float32Array.of(1, -0, 1e-40, 3.5) },
    { name: 'layers.0.bias', shape: [], data: Float32Array.of(7) },
    { name: '빈', shape: [0, 3], data: new Float32Array(0) },
  ]
  const file = writeSafetensors(tensors, { format: 'pt', 이름: '값\n"' })

  it('writes what the reader reads, to the bit', () => {
    const { metadata, tensors: found } = readSafetensors(file)
    expect([...metadata]).toEqual([
      ['format', 'pt'],
      ['이름', '값\n"'],
    ])
    for (const { name, shape, data } of tensors) {
      const tensor = found.get(name)
      expect(tensor?.shape).toEqual(shape)
      expect(tensor && floatsOf(tensor)).toEqual(data)
    }
  })
  it('sorts the tensors and aligns the data to 8 bytes', () => {
    expect([...readSafetensors(file).tensors.keys()]).toEqual(['layers.0.bias', 'layers.1.weight', '빈'])
    expect(new DataView(file.buffer).getUint32(0, true) % 8).toBe(0)
    expect(writeSafetensors([...tensors].reverse(), { format: 'pt', 이름: '값\n"' })).toEqual(file)
  })
  it('refuses a shape that is not that of its values', () => {
    expect(() => writeSafetensors([{ name: 'a', shape: [3], data: Float32Array.of(1) }], {})).toThrow('internal')
  })
})
