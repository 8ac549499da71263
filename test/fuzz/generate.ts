/** Broken inputs, by structure and by byte, each a function of its seed. */
import type { Stream } from '../../src/core/data/random.ts'
import { writeModel } from '../../src/core/io/model.ts'
import { acceptRecipe, circleRecipe, storyRecipe } from '../../src/core/spec/index.ts'

/** Draws one of a list. */
function pick<Item>(random: Stream, items: readonly [Item, ...Item[]]): Item {
  return items[random.below(items.length)] ?? items[0]
}

const oddNumbers = [
  0,
  1,
  -1,
  2,
  8,
  0.5,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e19,
  Number.POSITIVE_INFINITY,
  -0,
  Number.NaN,
] as const
const oddTexts = [
  '',
  '__proto__',
  'constructor',
  '사랑해',
  '\0',
  '\ud800',
  'F32',
  'x'.repeat(600),
  '{}',
  '1e400',
] as const

/** Any JSON-like value, deeper ones rarer. */
function oddValue(random: Stream, depth = 0): unknown {
  switch (random.below(depth > 3 ? 4 : 6)) {
    case 0:
      return pick(random, oddNumbers)
    case 1:
      return pick(random, oddTexts)
    case 2:
      return pick(random, [true, false, null])
    case 3:
      return random.below(100)
    case 4:
      return Array.from({ length: random.below(4) }, () => oddValue(random, depth + 1))
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(4) }, () => [pick(random, oddTexts), oddValue(random, depth + 1)]),
      )
  }
}

/** A copy of a JSON value with one of its parts replaced, left out or added to. */
function mutate(value: unknown, random: Stream): unknown {
  if (typeof value !== 'object' || value === null || random.below(5) === 0) return oddValue(random)
  if (Array.isArray(value)) {
    const at = random.below(value.length + 1)
    return at === value.length
      ? [...value, oddValue(random)]
      : value.map((item, i) => (i === at ? mutate(item, random) : item))
  }
  const entries = Object.entries(value)
  const at = random.below(entries.length + 2)
  if (at === entries.length) return { ...value, [pick(random, oddTexts)]: oddValue(random) }
  if (at === entries.length + 1) return Object.fromEntries(entries.slice(1))
  return Object.fromEntries(entries.map(([key, item], i) => [key, i === at ? mutate(item, random) : item]))
}

/** A file with some bytes changed, cut out or doubled. */
function mutateBytes(bytes: Uint8Array, random: Stream): Uint8Array {
  const copy = bytes.slice()
  if (copy.length === 0) return copy
  switch (random.below(4)) {
    case 0:
      return copy.subarray(0, random.below(copy.length))
    case 1: {
      const at = random.below(copy.length)
      return Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(random.below(copy.length))])
    }
    default:
      for (let n = random.below(4) + 1; n > 0; n--) copy[random.below(copy.length)] = random.below(256)
      return copy
  }
}

const csvPieces = [
  'a',
  'b',
  'y',
  ',',
  ',',
  ';',
  '\t',
  '"',
  '""',
  '\n',
  '\n',
  '\r\n',
  '1',
  '2.5',
  'nan',
  '1e400',
  ' ',
  '가',
  '\0',
  '\ufeff',
] as const
const validCsv = 'a,b,y\n1,red,0\n2,blue,1\n3,red,0\n4,blue,1\n'

/** A table: pieces at random, or a good one with some of it changed. */
export function csvInput(random: Stream): string {
  if (random.below(2) === 0) return Array.from({ length: random.below(60) }, () => pick(random, csvPieces)).join('')
  const at = random.below(validCsv.length)
  return validCsv.slice(0, at) + pick(random, csvPieces) + validCsv.slice(at + random.below(4))
}

/** A recipe, mostly good but for one to three places. */
export function recipeInput(random: Stream): unknown {
  let value: unknown = pick<unknown>(random, [circleRecipe, storyRecipe, acceptRecipe(circleRecipe)])
  for (let n = random.below(3) + 1; n > 0; n--) value = mutate(value, random)
  return value
}

const dtypes = ['F32', 'F32', 'U8', 'F16', 'F4', 'I64', 'f32', ''] as const

/** A safetensors file with a header that is nearly right, so that the deep checks are reached. */
export function safetensorsInput(random: Stream): Uint8Array {
  const header: [string, unknown][] = []
  let size = 0
  for (let n = random.below(4); n > 0; n--) {
    const shape = Array.from({ length: random.below(4) }, () => random.below(5))
    const bytes = shape.reduce((product, dimension) => product * dimension, 4)
    const begin = size + (random.below(12) === 0 ? 4 : 0)
    const dtype = random.below(8) === 0 ? pick(random, dtypes) : 'F32'
    header.push([
      random.below(9) === 0 ? pick(random, oddTexts) : `t${n}`,
      { dtype, shape, data_offsets: [begin, begin + bytes] },
    ])
    size += bytes
  }
  if (random.below(3) === 0)
    header.unshift(['__metadata__', random.below(3) === 0 ? oddValue(random) : { format: 'pt' }])
  const value = Object.fromEntries(header)
  const json = new TextEncoder().encode(JSON.stringify(random.below(4) === 0 ? mutate(value, random) : value) ?? '')
  const file = new Uint8Array(8 + json.length + size + (random.below(10) === 0 ? random.below(9) : 0))
  new DataView(file.buffer).setUint32(0, json.length, true)
  file.set(json, 8)
  return random.below(4) === 0 ? mutateBytes(file, random) : file
}

const model = writeModel({
  recipe: acceptRecipe(storyRecipe),
  step: 3,
  tensors: new Map([['layers.0.weight', { shape: [5, 2], data: new Float32Array(10).fill(0.5) }]]),
  counters: { epoch: 1 },
})

/** A model file with some bytes changed. */
export function modelInput(random: Stream): Uint8Array {
  return mutateBytes(model, random)
}
