import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDataset } from '../../src/core/data/build.ts'
import { compileKernels } from '../../src/core/exec/wasm.ts'
import { acceptRecipe, circleRecipe } from '../../src/core/spec/index.ts'
import { Session } from '../../src/core/train/session.ts'
import { paramap, recipes } from './run-cli.ts'

let folder: string
const file = (name: string): string => join(folder, name)
const circle = join(recipes, 'circle.json')
const story = join(recipes, 'story.json')
const flowers = join(recipes, 'flowers.json')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paramap-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The closing event of a training that must succeed. */
async function trained(...words: string[]): Promise<Record<string, unknown>> {
  const { code, lines, stderr } = await paramap(['train', ...words, '--json'])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return lines.at(-1) ?? {}
}

describe('train', () => {
  it('tells every epoch and the end', async () => {
    const { code, lines, stdout } = await paramap(['train', circle, '--json', '-o', file('events.safetensors')])
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(101)
    const keys = ['event', 'epoch', 'step', 'trainLoss', 'testLoss', 'trainAccuracy', 'testAccuracy', 'stepsPerSecond']
    expect(Object.keys(lines[0] ?? {})).toEqual(keys)
    expect(lines[0]).toMatchObject({ event: 'epoch', epoch: 1, step: 25 })
    expect(lines[99]).toMatchObject({ event: 'epoch', epoch: 100, step: 2500 })
    expect(lines[100]).toEqual({
      event: 'done',
      reason: 'epochs',
      epoch: 100,
      step: 2500,
      parameters: 28,
      trainLoss: lines[99]?.trainLoss,
      testLoss: lines[99]?.testLoss,
      testAccuracy: 1,
      seconds: expect.any(Number),
      weightsHash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      model: file('events.safetensors'),
    })
  })

  it('gives the same bits twice and others for another seed', async () => {
    const first = await trained(circle)
    expect((await trained(circle, '--threads', '2')).weightsHash).toBe(first.weightsHash)
    expect((await trained(circle, '--seed', '2')).weightsHash).not.toBe(first.weightsHash)
  })

  it('resumed after 50 epochs ends with the same file as 100 in one go', async () => {
    await trained(circle, '-o', file('whole.safetensors'))
    await trained(circle, '--epochs', '50', '-o', file('half.safetensors'))
    const rest = ['--resume', file('half.safetensors')]
    await trained(circle, ...rest, '--epochs', '50', '-o', file('both.safetensors'))
    // The recipe asks for 100, so that is where it goes without being told.
    await trained(circle, ...rest, '-o', file('planned.safetensors'))
    const whole = await readFile(file('whole.safetensors'))
    expect(whole.equals(await readFile(file('both.safetensors')))).toBe(true)
    expect(whole.equals(await readFile(file('planned.safetensors')))).toBe(true)
  })

  it.each([1, 7, 613])('resumed in the middle of an epoch, after %i steps, ends with the same bits', async (cut) => {
    const adam = file('adam.json')
    const optimizer = { name: 'adam', learningRate: 0.01 }
    const training = { optimizer, batchSize: 7, stop: { epochs: 100 } }
    await writeFile(adam, JSON.stringify({ ...circleRecipe, training }))
    const whole = await trained(adam, '--steps', '700')
    expect(whole).toMatchObject({ reason: 'steps', step: 700 })
    await trained(adam, '--steps', String(cut), '-o', file('cut.safetensors'))
    const rest = await trained(adam, '--resume', file('cut.safetensors'), '--steps', String(700 - cut))
    expect(rest).toMatchObject({ step: 700, weightsHash: whole.weightsHash })
  })

  it('goes past the recipe when a finished run is resumed', async () => {
    await trained(story, '-o', file('story.safetensors'))
    const resume = ['--resume', file('story.safetensors')]
    expect(await trained(story, ...resume, '--epochs', '3')).toMatchObject({ epoch: 203 })
    expect(await trained(story, ...resume)).toMatchObject({ epoch: 400 })
  })

  it('keeps the seed of the run that it resumes', async () => {
    await trained(circle, '--seed', '5', '--epochs', '2', '-o', file('seed.safetensors'))
    const rest = await trained(circle, '--resume', file('seed.safetensors'), '--epochs', '3')
    expect(rest.weightsHash).toBe((await trained(circle, '--seed', '5', '--epochs', '5')).weightsHash)
  })

  it('saves what is learned when it is interrupted, and goes on from there', async () => {
    const model = file('stopped.safetensors')
    const words = ['train', circle, '--epochs', '100000000', '-o', model, '--json']
    const { code, lines, stderr } = await paramap(words, { signal: 'SIGINT' })
    expect(code).toBe(130)
    expect(stderr).toContain('saved')
    const end = lines.at(-1)
    expect(end).toMatchObject({ event: 'done', reason: 'interrupted', model })
    const step = Number(end?.step)
    const rest = await trained(circle, '--resume', model, '--steps', '100')
    expect(rest.weightsHash).toBe((await trained(circle, '--steps', String(step + 100))).weightsHash)
  })

  it('says in plain words that training diverged', async () => {
    const wild = file('wild.json')
    const optimizer = { name: 'sgd', learningRate: 10 }
    const network = [{ layer: 'dense', units: 64, activation: 'relu' }]
    const data = { ...circleRecipe.data, shape: 'plane', features: ['x', 'y', 'x^2', 'y^2'] }
    await writeFile(wild, JSON.stringify({ ...circleRecipe, data, network, training: { optimizer } }))
    const { code, stderr } = await paramap(['train', wild])
    expect(code).toBe(1)
    expect(stderr).toContain('Training became unstable at step')
    expect(stderr).toContain('[TRAIN-001]')
  })

  it('tells people in their language', async () => {
    const { code, stdout, stderr } = await paramap(['train', circle], { language: 'ko' })
    expect(code).toBe(0)
    expect(stdout).toContain('정확도 100%')
    expect(stderr).toBe('')
  })
})

describe('the circle', () => {
  it('is learned to 99 % of its test points by at least 9 of 10 seeds', async () => {
    const kernels = compileKernels(new Uint8Array(await readFile('src/core/gen/kernels.wasm')))
    let learned = 0
    for (let seed = 1; seed <= 10; seed++) {
      const recipe = acceptRecipe({ ...circleRecipe, seed })
      const session = Session.create(recipe, buildDataset(recipe), kernels)
      while (session.status === 'ready') session.train(1000)
      if ((session.evaluate().testAccuracy ?? 0) >= 0.99) learned++
      session.dispose()
    }
    expect(learned).toBeGreaterThanOrEqual(9)
  })
})

describe('a trained model', () => {
  beforeAll(async () => {
    await trained(circle, '-o', file('c.safetensors'))
    await trained(story, '-o', file('s.safetensors'))
    // Elsewhere and without its table: the model carries all that it needs.
    await copyFile(flowers, file('flowers.json'))
    await copyFile(join(recipes, 'flowers.csv'), file('flowers.csv'))
    await trained(file('flowers.json'), '-o', file('f.safetensors'))
    await rm(file('flowers.csv'))
  })

  it('generates what it was praised for', async () => {
    const { code, lines } = await paramap(['generate', file('s.safetensors'), '--prompt', ' 나는  너를', '--json'])
    expect(code).toBe(0)
    expect(lines).toEqual([{ text: '나는 너를 사랑해', next: expect.any(Array) }])
    const next = lines[0]?.next as { token: string; p: number }[]
    expect(next.map(({ token }) => token).sort()).toEqual(['미워해', '사랑해', '싫어해', '좋아해'])
    expect(next[0]).toMatchObject({ token: '사랑해' })
    expect(next[0]?.p).toBeGreaterThan(0.95)
  })

  it('generates the same for the same seed, and the likeliest at temperature 0', async () => {
    const words = ['generate', file('s.safetensors'), '--prompt', '나는 너를', '--tokens', '8', '--temperature', '9']
    const texts = await Promise.all(
      ['1', '1', '2'].map(async (seed) => (await paramap([...words, '--seed', seed])).stdout.split('\n')[0]),
    )
    expect(texts[0]).toBe(texts[1])
    expect(texts[0]).not.toBe(texts[2])
    const { stdout } = await paramap([...words.slice(0, -1), '0', '--top', '2'])
    expect(stdout.split('\n')[0]).toBe(`나는 너를${' 사랑해'.repeat(8)}`)
    expect(stdout.trim().split('\n')).toHaveLength(3)
  })

  it('of a table predicts rows of other tables without its own', async () => {
    await writeFile(file('new.csv'), '\ufeffground;kind;width;length\r\nclay;?;2.0;5.1\r\nsand;?;1.0;3.0\r\n')
    const { code, lines } = await paramap(['predict', file('f.safetensors'), '--data', file('new.csv'), '--json'])
    expect(code).toBe(0)
    expect(lines.map(({ label }) => label)).toEqual(['rose', 'daisy'])
    expect(lines[0]?.inputs).toEqual({ length: 5.1, width: 2, ground: 'clay' })
    const outputs = [lines[0]?.outputs].flat().map(Number)
    expect(outputs.reduce((total, p) => total + p, 0)).toBeCloseTo(1, 5)
    const input = '[{"length":5.1,"width":2.0,"ground":"clay"},[3,1,"sand"]]'
    expect((await paramap(['predict', file('f.safetensors'), '--input', input, '--json'])).lines).toEqual(lines)
  })

  it('of points predicts points, of sentences contexts', async () => {
    const points = await paramap(['predict', file('c.safetensors'), '--input', '[[0,0],[4.5,0]]', '--json'])
    expect(points.lines.map(({ inputs, label }) => [inputs, label])).toEqual([
      [[0, 0], 'class1'],
      [[4.5, 0], 'class0'],
    ])
    await writeFile(file('contexts.txt'), '나는 너를\n\n너를\n')
    const words = await paramap(['predict', file('s.safetensors'), '--data', file('contexts.txt'), '--json'])
    expect(words.lines.map(({ inputs, label }) => [inputs, label])).toEqual([
      ['나는 너를', '사랑해'],
      ['너를', '사랑해'],
    ])
  })

  it('of a number predicts it as it stands in the table, however large', async () => {
    const price = (area: number): number => 90_000 + 1500 * area
    const rows = Array.from({ length: 40 }, (_, i) => `${20 + i},${price(20 + i) + 0.5}`)
    await writeFile(file('prices.csv'), `area,price\n${rows.join('\n')}\n`)
    const recipe = {
      format: 'paramap/1',
      data: { source: 'csv', path: 'prices.csv', target: 'price', testShare: 0.25 },
      network: [],
      training: { optimizer: { name: 'adam', learningRate: 0.05 }, batchSize: 10, stop: { epochs: 100 } },
    }
    await writeFile(file('prices.json'), JSON.stringify(recipe))
    await trained(file('prices.json'), '-o', file('p.safetensors'))
    const { lines } = await paramap(['predict', file('p.safetensors'), '--input', '[[30], [50]]', '--json'])
    const found = lines.map(({ outputs }) => Number((outputs as number[])[0]))
    expect(Math.abs((found[0] ?? 0) / price(30) - 1)).toBeLessThan(0.01)
    expect(Math.abs((found[1] ?? 0) / price(50) - 1)).toBeLessThan(0.01)
    expect(lines.map(({ label }) => label)).toEqual([null, null])
  })

  it('of the bundled table predicts rows of it', async () => {
    const recipe = { format: 'paramap/1', data: { source: 'table' }, network: [], training: { stop: { epochs: 20 } } }
    await writeFile(file('iris.json'), JSON.stringify(recipe))
    await trained(file('iris.json'), '-o', file('i.safetensors'))
    const { lines } = await paramap(['predict', file('i.safetensors'), '--input', '[5.1, 3.5, 1.4, 0.2]', '--json'])
    expect(lines).toMatchObject([
      { label: 'setosa', outputs: [expect.any(Number), expect.any(Number), expect.any(Number)] },
    ])
  })

  it('is inspected without its optimizer counted', async () => {
    const { code, lines } = await paramap(['inspect', file('s.safetensors'), '--json'])
    expect(code).toBe(0)
    expect(lines[0]).toMatchObject({ format: 'safetensors', parameters: 39, metadata: { format: 'pt' } })
    expect(lines[0]?.tensors).toContainEqual({ name: 'layers.0.weight', dtype: 'F32', shape: [5, 2], bytes: 40 })
  })

  it('reads a Korean table in CP949 and says so', async () => {
    // '키,답\n1,가\n…' as Windows saves it
    const rows = Array.from({ length: 12 }, (_, i) => [0x30 + (i % 10), 0x2c, 0xb0, i % 2 === 0 ? 0xa1 : 0xa2, 0x0a])
    await writeFile(file('korean.csv'), Uint8Array.from([0xc5, 0xb0, 0x2c, 0xb4, 0xe4, 0x0a, ...rows.flat()]))
    const recipe = { ...circleRecipe, data: { source: 'csv', path: 'korean.csv', target: '답', testShare: 0.25 } }
    await writeFile(file('korean.json'), JSON.stringify(recipe))
    const { code, stderr } = await paramap(['train', file('korean.json')], { language: 'ko' })
    expect(stderr).toContain('CP949')
    expect(code).toBe(0)
  })
})

describe('help', () => {
  it.each(['en', 'ko'] as const)('exists for every command in %s', async (language) => {
    for (const words of [
      ['--help'],
      ['train', '--help'],
      ['predict', '-h'],
      ['generate', '--help'],
      ['inspect', '--help'],
      ['serve', '--help'],
    ]) {
      const { code, stdout } = await paramap(words, { language })
      expect(code).toBe(0)
      expect(stdout).toMatch(/^paramap /)
    }
    expect((await paramap([], { language })).code).toBe(2)
    expect((await paramap(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
