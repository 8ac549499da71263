/** Whatever is wrong: one sentence with its place, in the user's language, an honest exit code, never a stack trace. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeModel } from '../../src/core/io/model.ts'
import { writeSafetensors } from '../../src/core/io/safetensors-write.ts'
import { acceptRecipe, circleRecipe } from '../../src/core/spec/index.ts'
import { paramap, paramapHere, recipes } from './run-cli.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paramap-malformed-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function expectSentence(words: readonly string[], code: string, place: string, exit = 1): Promise<void> {
  const english = await paramapHere([...words, '--json'], { language: 'en', cwd: folder })
  const korean = await paramapHere(words, { language: 'ko', cwd: folder })
  expect(english.stderr).toContain(`[${code}]`)
  expect(english.lines).toEqual([{ error: { code, message: expect.any(String), at: expect.anything() } }])
  for (const { code: exitCode, stderr } of [english, korean]) {
    expect(exitCode).toBe(exit)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain(place)
    expect(stderr).not.toMatch(/ {4}at |Error:|undefined|NaN|\{\w+\}|INTERNAL/)
  }
  expect(korean.stdout).toBe('')
  expect(korean.stderr).toMatch(/[가-힣]/)
}

const edited = (change: object): string => JSON.stringify({ ...circleRecipe, ...change })
const data = (change: object): string => edited({ data: { ...circleRecipe.data, ...change } })
const training = (change: object): string => edited({ training: { ...circleRecipe.training, ...change } })

const malformedRecipes: readonly (readonly [what: string, text: string, code: string, place: string])[] = [
  ['empty', '', 'JSON-004', 'line 1, column 1'],
  ['cut off', '{"format": "paramap/1",\n "name": "a"', 'JSON-004', 'line 2, column 13'],
  ['not JSON', 'learn this', 'JSON-001', 'line 1, column 1'],
  ['a key twice', '{"seed": 1, "seed": 2}', 'JSON-002', 'line 1, column 13'],
  ['nested too deep', '['.repeat(100), 'JSON-003', 'line 1'],
  ['a list', '[]', 'RECIPE-002', 'recipe.json'],
  ['no format', '{}', 'RECIPE-012', 'format'],
  ['newer', edited({ format: 'paramap/9' }), 'RECIPE-010', 'format'],
  ['unknown key', edited({ sed: 1 }), 'RECIPE-001', "'seed'"],
  ['seed no number', edited({ seed: 'one' }), 'RECIPE-007', 'seed'],
  ['unknown shape', data({ shape: 'cirle' }), 'RECIPE-008', 'data.shape'],
  ['samples too many', data({ samples: 1e9 }), 'RECIPE-007', 'data.samples'],
  ['no features', data({ features: [] }), 'RECIPE-014', 'data.features'],
  ['learning rate 0', training({ optimizer: { learningRate: 0 } }), 'RECIPE-006', 'training.optimizer.learningRate'],
  ['learning rate 1,0', training({ optimizer: { learningRate: '1,0' } }), 'RECIPE-006', 'training.optimizer'],
  ['batch 1.5', training({ batchSize: 1.5 }), 'RECIPE-007', 'training.batchSize'],
  ['loss that does not suit', training({ loss: 'mae' }), 'NETWORK-001', 'training.loss'],
  ['units 0', edited({ network: [{ layer: 'dense', units: 0 }] }), 'RECIPE-007', 'network.0.units'],
  ['unknown layer', edited({ network: [{ layer: 'dens' }] }), 'RECIPE-008', 'network.0.layer'],
  [
    'one answer only',
    edited({ data: { source: 'sentences', examples: [{ context: 'a', answer: 'b' }] } }),
    'RECIPE-015',
    'data.examples',
  ],
  ['no such table', edited({ data: { source: 'csv', path: 'none.csv', target: 'y' } }), 'FILE-001', 'none.csv'],
]

describe('a malformed recipe gives one sentence:', () => {
  it.each(malformedRecipes)('%s', async (what, text, code, place) => {
    const path = join(folder, what.replace(/\W/g, '-'), 'recipe.json')
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(path, text)
    await expectSentence(['train', path], code, place)
  })
})

const rows = (...lines: string[]): string => lines.join('\n')
const good = ['1,2,a', '3,4,b', '5,6,a', '7,8,b']
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const malformedTables: readonly (readonly [what: string, content: string | Uint8Array, code: string, place: string])[] =
  [
    ['empty', '', 'CSV-001', 'table.csv'],
    ['header only', 'x,y,kind\n', 'CSV-002', 'table.csv'],
    ['ragged row', rows('x,y,kind', ...good, '1,2'), 'CSV-005', 'row 6'],
    ['open quote', rows('x,y,kind', ...good, '1,"2,a'), 'CSV-006', 'row 6'],
    ['text behind a quote', rows('x,y,kind', ...good, '"1"2,2,a'), 'CSV-007', 'row 6'],
    ['word in a column of numbers', rows('x,y,kind', ...good, '1,tall,a'), 'CSV-008', 'row 6, column y'],
    ['thousands', rows('x,y,kind', ...good, '"1,750",2,a'), 'CSV-009', 'row 6, column x'],
    ['empty cell', rows('x,y,kind', ...good, '1,,a'), 'CSV-010', 'row 6, column y'],
    ['too large', rows('x,y,kind', ...good, '1e400,2,a'), 'CSV-011', 'row 6, column x'],
    ['no target', rows('x,y,kin', ...good), 'CSV-014', "'kin'"],
    ['one class', rows('x,y,kind', '1,2,a', '3,4,a'), 'CSV-015', 'table.csv'],
    ['only the target', rows('kind', 'a', 'b', 'a', 'b'), 'CSV-019', 'data.inputs'],
    ['binary', 'x,y,kind\n1,\0,a\n', 'CSV-021', 'table.csv'],
    ['picture', png, 'CSV-025', 'PNG'],
    ['one row', rows('x,y,kind', '1,2,3.5'), 'CSV-026', 'table.csv'],
    ['no encoding', Uint8Array.from([0x78, 0x2c, 0xff, 0xff, 0x0a, 0x31]), 'CSV-003', 'table.csv'],
  ]

describe('a malformed table gives one sentence:', () => {
  it.each(malformedTables)('%s', async (what, content, code, place) => {
    const home = join(folder, `table-${what.replace(/\W/g, '-')}`)
    await mkdir(home, { recursive: true })
    await writeFile(join(home, 'table.csv'), content)
    await writeFile(join(home, 'recipe.json'), edited({ data: { source: 'csv', path: 'table.csv', target: 'kind' } }))
    await expectSentence(['train', join(home, 'recipe.json')], code, place)
  })
})

/** A small true model and what can happen to it. */
function modelBytes(): Uint8Array {
  const recipe = acceptRecipe({ ...circleRecipe, network: [] })
  const tensors = new Map([
    ['layers.0.weight', { shape: [2, 2], data: new Float32Array(4) }],
    ['layers.0.bias', { shape: [2], data: new Float32Array(2) }],
  ])
  return writeModel({ recipe, step: 0, tensors, counters: { epoch: 0, cursor: 0, updates: 0 } })
}
function changed(change: (bytes: Uint8Array) => Uint8Array): () => Uint8Array {
  return () => change(modelBytes())
}
const bytesOf =
  (...bytes: number[]): (() => Uint8Array) =>
  () =>
    Uint8Array.from(bytes)
const withHeader = (header: string): (() => Uint8Array) => {
  const text = new TextEncoder().encode(header)
  return bytesOf(text.length, 0, 0, 0, 0, 0, 0, 0, ...text)
}

const malformedModels: readonly (readonly [what: string, make: () => Uint8Array, code: string, place: string])[] = [
  ['empty', bytesOf(), 'MODEL-007', 'model.safetensors'],
  ['short', bytesOf(1, 2, 3), 'SAFE-001', 'byte 0'],
  ['cut in the data', changed((bytes) => bytes.subarray(0, -3)), 'SAFE-019', '3'],
  ['cut in the header', changed((bytes) => bytes.subarray(0, 100)), 'SAFE-002', 'byte 0'],
  ['bytes behind', changed((bytes) => Uint8Array.from([...bytes, 0])), 'SAFE-020', 'byte'],
  ['turned weight bit', changed((bytes) => bytes.with(-1, 64)), 'MODEL-004', 'model.safetensors'],
  ['pickle', bytesOf(0x80, 2, 0x7d, 0x71, 0, 0, 0, 0, 0), 'MODEL-002', 'model.safetensors'],
  ['zip', bytesOf(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0), 'MODEL-002', 'model.safetensors'],
  ['picture', () => png, 'MODEL-006', 'PNG'],
  ['header no object', withHeader('[1]'), 'SAFE-004', 'byte 8'],
  ['header no JSON', withHeader('{"a":}'), 'SAFE-006', 'byte'],
  ['name twice', withHeader('{"a":1,"a":2}'), 'SAFE-007', 'byte'],
  ['unknown type', withHeader('{"a":{"dtype":"F33","shape":[],"data_offsets":[0,4]}}'), 'SAFE-010', 'byte'],
  ['negative shape', withHeader('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}'), 'SAFE-011', 'byte'],
  ['not ours', () => writeSafetensors([], {}), 'MODEL-001', 'model.safetensors'],
  [
    'newer',
    () => writeSafetensors([], { 'paramap.recipe': '{}', 'paramap.layout': '9' }),
    'MODEL-003',
    'model.safetensors',
  ],
]

describe('a malformed model gives one sentence:', () => {
  it.each(malformedModels)('%s', async (what, make, code, place) => {
    const home = join(folder, `model-${what.replace(/\W/g, '-')}`)
    await mkdir(home, { recursive: true })
    const path = join(home, 'model.safetensors')
    await writeFile(path, make())
    await expectSentence(['predict', path, '--input', '[0,0]'], code, place)
    if (code !== 'MODEL-001' && code !== 'MODEL-003') {
      const { code: exit, lines } = await paramapHere(['inspect', path, '--json'])
      expect([exit, lines]).toEqual([1, [{ error: expect.objectContaining({ code }) }]])
    }
  })

  it('optimizer state is missing for --resume', async () => {
    const home = join(folder, 'stateless')
    await mkdir(home, { recursive: true })
    const optimizer = { name: 'adam' }
    const recipe = { ...circleRecipe, network: [], training: { optimizer } }
    const tensors = new Map([
      ['layers.0.weight', { shape: [2, 2], data: new Float32Array(4) }],
      ['layers.0.bias', { shape: [2], data: new Float32Array(2) }],
    ])
    const state = { recipe: acceptRecipe(recipe), step: 0, tensors, counters: {} }
    await writeFile(join(home, 'recipe.json'), JSON.stringify(recipe))
    await writeFile(join(home, 'model.safetensors'), writeModel(state))
    const words = ['train', join(home, 'recipe.json'), '--resume', join(home, 'model.safetensors')]
    await expectSentence(words, 'MODEL-010', 'model.safetensors')
  })
})

const circle = join(recipes, 'circle.json')

describe('a wrong place gives one sentence:', () => {
  it.each([
    ['no such recipe', ['train', 'none.json'], 'FILE-001', 'none.json'],
    ['a folder for a recipe', ['train', '.'], 'FILE-006', "'.'"],
    ['a model for a recipe', ['train', 'true.safetensors'], 'RECIPE-021', 'true.safetensors'],
    ['into a missing folder', ['train', circle, '-o', 'none/a.safetensors'], 'FILE-002', 'none/a.safetensors'],
    ['onto a folder', ['train', circle, '-o', '.'], 'FILE-002', "'.'"],
    ['below a file', ['train', circle, '-o', 'true.safetensors/a'], 'FILE-002', 'true.safetensors/a'],
    ['another network', ['train', circle, '--resume', 'true.safetensors'], 'MODEL-012', 'network'],
    ['inputs too few', ['predict', 'true.safetensors', '--input', '[1]'], 'INPUT-002', '--input'],
    ['input no JSON', ['predict', 'true.safetensors', '--input', '1 2'], 'JSON-001', '--input'],
    ['no words', ['generate', 'true.safetensors', '--prompt', 'a'], 'MODEL-013', 'true.safetensors'],
  ])('%s', async (_what, words, code, place) => {
    await writeFile(join(folder, 'true.safetensors'), modelBytes())
    await expectSentence(words, code, place)
  })
})

describe('wrong usage ends with 2:', () => {
  it.each([
    ['unknown command', ['trian', circle], 'USAGE-001', "'train'"],
    ['unknown option', ['train', circle, '--epoch', '5'], 'USAGE-002', "'--epochs'"],
    ['no recipe', ['train'], 'USAGE-003', 'RECIPE'],
    ['epochs abc', ['train', circle, '--epochs', 'abc'], 'USAGE-010', "'abc'"],
    ['temperature', ['generate', 'm', '--prompt', 'a', '--temperature', '-1'], 'USAGE-004', "'-1'"],
    ['no value', ['train', circle, '-o'], 'USAGE-005', '--output'],
    ['two recipes', ['train', circle, 'b.json'], 'USAGE-006', 'b.json'],
    ['epochs and steps', ['train', circle, '--epochs', '1', '--steps', '1'], 'USAGE-007', '--steps'],
    ['neither data nor input', ['predict', 'm'], 'USAGE-009', '--input'],
  ])('%s', async (_what, words, code, place) => {
    // The first two as processes: their code reaches whoever started them.
    const asProcess = code === 'USAGE-001' || code === 'USAGE-002'
    const ended = await (asProcess ? paramap : paramapHere)(words, { cwd: folder })
    expect(ended.code).toBe(2)
    expect(ended.stdout).toBe('')
    expect(ended.stderr.trim().split('\n')).toHaveLength(1)
    expect(ended.stderr).toContain(`[${code}]`)
    expect(ended.stderr).toContain(place)
  })
})
