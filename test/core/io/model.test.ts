import { describe, expect, it } from 'vitest'
import { weightsHash } from '../../../src/core/io/hash.ts'
import { readModel, writeModel } from '../../../src/core/io/model.ts'
import { readSafetensors } from '../../../src/core/io/safetensors.ts'
import { writeSafetensors } from '../../../src/core/io/safetensors-write.ts'
import { acceptRecipe, storyRecipe } from '../../../src/core/spec/index.ts'
import type { SessionState } from '../../../src/core/train/state.ts'
import { codeOf, faultOf } from '../../support/fault.ts'

const state: SessionState = {
  recipe: acceptRecipe(storyRecipe),
  step: 123,
  tensors: new Map([
    ['layers.0.weight', { shape: [5, 2], data: Float32Array.from({ length: 10 }, (_, i) => i / 7) }],
    ['layers.0.bias', { shape: [5], data: Float32Array.from([0, -0, 1e-40, 2, -3]) }],
    ['state.optimizer.mean.layers.0.weight', { shape: [5, 2], data: new Float32Array(10).fill(0.1) }],
  ]),
  counters: { epoch: 30, cursor: 3, shuffles: 2 ** 53 - 1, share: 0.1 },
}
const file = writeModel(state, { history: [[1, 0.5]] })
const text = (given: string): Uint8Array => new TextEncoder().encode(given)

/** The file with one text of its header replaced by another of the same length. */
function tampered(from: string, to: string): Uint8Array {
  const header = Buffer.from(file).indexOf(from)
  const copy = file.slice()
  copy.set(text(to), header)
  return copy
}

describe('a model file', () => {
  it('holds the state bit for bit', () => {
    const read = readModel(file)
    expect([read.recipe, read.step, read.counters]).toEqual([state.recipe, state.step, state.counters])
    expect(new Map([...read.tensors].sort())).toEqual(new Map([...state.tensors].sort()))
    expect(read.history).toEqual([[1, 0.5]])
  })
  it('is written again as the same bytes', () => {
    const { history, ...read } = readModel(file)
    expect(writeModel(read, { history })).toEqual(file)
  })
  it('tells the hash of its parameters alone', () => {
    const parameters = [...state.tensors].filter(([name]) => !name.startsWith('state.'))
    expect(readModel(file).weightsHash).toBe(weightsHash(parameters.map(([name, tensor]) => ({ name, ...tensor }))))
  })
  it('is safetensors that PyTorch tools open: format pt, texts in the metadata', () => {
    expect(readSafetensors(file).metadata.get('format')).toBe('pt')
  })
  it('is refused after any bit was turned', () => {
    for (let bit = 0; bit < file.length * 8; bit += 61) {
      const copy = file.slice()
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => readModel(copy), `bit ${bit}`).toThrow(/^(SAFE|MODEL|JSON|RECIPE)-/)
    }
  })
  it('is refused when it ends early, wherever', () => {
    for (let length = 0; length < file.length; length += 13) {
      expect(codeOf(() => readModel(file.subarray(0, length)))).toMatch(/^(SAFE|MODEL)-/)
    }
  })
  it('is refused with its recipe changed', () => {
    expect(codeOf(() => readModel(tampered('\\"seed\\":7', '\\"seed\\":8')))).toBe('MODEL-005')
  })
  it('is refused with a duplicate key in its recipe', () => {
    expect(codeOf(() => readModel(tampered('\\"seed\\":7', '\\"name\\":7')))).toBe('JSON-002')
  })
  it('is refused with its parameters changed', () => {
    const copy = file.slice()
    copy[copy.length - 60] = 1
    expect(codeOf(() => readModel(copy))).toBe('MODEL-004')
  })
  it('is refused when a newer version wrote it', () => {
    expect(codeOf(() => readModel(tampered('"paramap.layout":"1"', '"paramap.layout":"2"')))).toBe('MODEL-003')
    expect(codeOf(() => readModel(tampered('"paramap.layout":"1"', '"paramap.layout":"x"')))).toBe('MODEL-009')
  })
})

describe('a model file of a text', () => {
  const data = { source: 'text', path: 'a.txt', tokenizer: 'bpe' }
  const textRecipe = acceptRecipe({ ...storyRecipe, data })
  const textCoding = { tokens: ['\ufffd', '나', '는', '나는', '"\n'], pairs: [['나', '는']] } as const
  const withText = { ...state, recipe: textRecipe, textCoding }

  it('holds the vocabulary and the pairs as JSON', () => {
    const bytes = writeModel(withText)
    const kept = '{"tokens":["\ufffd","나","는","나는","\\"\\n"],"pairs":[["나","는"]]}'
    expect(readSafetensors(bytes).metadata.get('paramap.vocabulary')).toBe(kept)
    const { history, ...read } = readModel(bytes)
    expect(read.textCoding).toEqual(textCoding)
    expect(writeModel(read, { history })).toEqual(bytes)
  })
  it('from before the vocabulary was kept opens as it did', () => {
    const { textCoding: read } = readModel(writeModel({ ...state, recipe: textRecipe }))
    expect(read).toBeUndefined()
    expect(readSafetensors(file).metadata.has('paramap.vocabulary')).toBe(false)
  })
  it('is refused with a vocabulary that no text has', () => {
    const fault = faultOf(() => readModel(writeModel({ ...withText, textCoding: { tokens: ['a', 'a'], pairs: [] } })))
    expect(fault).toMatchObject({ code: 'MODEL-009', values: { field: 'paramap.vocabulary' } })
    expect(codeOf(() => readModel(writeModel({ ...state, textCoding })))).toBe('MODEL-009')
  })
  it('is refused with its vocabulary changed', () => {
    const bytes = Buffer.from(writeModel(withText))
    bytes.write('너', bytes.indexOf('나', bytes.indexOf('paramap.vocabulary')))
    expect(codeOf(() => readModel(bytes))).toBe('MODEL-005')
  })
})

describe('another file', () => {
  const cases: readonly (readonly [what: string, bytes: Uint8Array, code: string, kind: string | undefined])[] = [
    ['an empty file', new Uint8Array(0), 'MODEL-007', undefined],
    ['a pickle', Uint8Array.from([0x80, 2, 0x7d, 0x71, 0, 0x2e]), 'MODEL-002', 'pickle'],
    ['a PyTorch archive', text('PK\u0003\u0004 and so on'), 'MODEL-002', 'ZIP'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]), 'MODEL-006', 'PNG'],
    ['an ONNX model', Uint8Array.from([8, 8, 0x12, 7, 0x70, 0x79, 0x74, 0x6f, 0x72, 0x63, 0x68]), 'MODEL-006', 'ONNX'],
    ['a GGUF model', text('GGUF\u0003\0\0\0'), 'MODEL-006', 'GGUF'],
    ['a text', text('hello, world, this is text'), 'SAFE-003', undefined],
  ]
  it.each(cases)('%s is told as what it is', (_, bytes, code, kind) => {
    const fault = faultOf(() => readModel(bytes))
    expect(fault.code).toBe(code)
    if (kind !== undefined) expect(fault.values).toEqual({ kind })
  })
  it('a safetensors file without recipe is no model', () => {
    const foreign = writeSafetensors([{ name: 'w', shape: [1], data: Float32Array.of(1) }], { format: 'pt' })
    expect(codeOf(() => readModel(foreign))).toBe('MODEL-001')
  })
  it('a model with a header of 640 bytes is no pickle', () => {
    const header = `{${' '.repeat(638)}}`
    const bytes = Uint8Array.from([0x80, 0x02, 0, 0, 0, 0, 0, 0, ...text(header)])
    expect(codeOf(() => readModel(bytes))).toBe('MODEL-001')
  })
})
