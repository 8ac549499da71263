/** A model of a text goes on by its file alone: the training text is gone when it is used. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, paramap } from './run-cli.ts'

const sentences = ['나는 너를 사랑해.', '너는 나를 좋아해.', '우리는 함께 걸어요.', '별이 빛나는 밤이에요.']
const text = Array.from({ length: 120 }, (_, i) => `${sentences[(i * i + i) % 4]} ${sentences[(i * 3) % 4]}\n`).join('')

const recipe = (tokenizer: string): string =>
  JSON.stringify({
    format: 'paramap/1',
    data: { source: 'text', path: 'text.txt', tokenizer, context: 12, testShare: 0.1 },
    network: [
      { layer: 'embedding', units: 16 },
      { layer: 'gru', units: 32 },
    ],
    training: { optimizer: { name: 'adam', learningRate: 0.01 }, batchSize: 16, stop: { epochs: 6 } },
  })

let folder: string
const run = (...words: string[]): Promise<Ended> => paramap([...words, '--json'], { cwd: folder })

async function model(tokenizer: string): Promise<string> {
  const name = `${tokenizer}.safetensors`
  await writeFile(join(folder, 'text.txt'), text)
  await writeFile(join(folder, 'recipe.json'), recipe(tokenizer))
  const { lines, stderr } = await run('train', 'recipe.json', '-o', name)
  expect(stderr).toBe('')
  expect(lines.at(-1)?.testLoss).toBeLessThan(Number(lines.at(-1)?.trigramLoss))
  await rm(join(folder, 'text.txt'))
  return name
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paramap-text-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a model of a text', () => {
  it.each([
    ['syllable', '나는 ', 7],
    ['jamo', '나는 너', 12],
    ['bpe', '나는', 2],
    ['word', '나는 너를', 1],
  ])('of %s goes on with a prompt, the same for the same seed', async (tokenizer, prompt, tokens) => {
    const name = await model(tokenizer)
    const words = ['generate', name, '--prompt', prompt, '--tokens', String(tokens), '--temperature', '0']
    const first = await run(...words)
    expect(first.stderr).toBe('')
    expect(first.lines[0]?.text).toBe('나는 너를 사랑해.')
    expect((await run(...words)).stdout).toBe(first.stdout)
  })

  it('tells how likely each token comes next', async () => {
    const name = await model('char')
    const { lines, stderr } = await run('predict', name, '--input', '["나는 너", "별이 빛나는 밤"]')
    expect(stderr).toBe('')
    expect(lines.map(({ label }) => label)).toEqual(['를', '이'])
    for (const { outputs } of lines) {
      const sum = (outputs as number[]).reduce((a, b) => a + b)
      expect(sum).toBeCloseTo(1, 4)
    }
  })

  it('resumes with its text and not with another one', async () => {
    const name = await model('char')
    await writeFile(join(folder, 'text.txt'), text)
    const resumed = await run('train', 'recipe.json', '--resume', name, '--epochs', '1')
    expect(resumed.lines.at(-1)).toMatchObject({ epoch: 7 })
    await writeFile(join(folder, 'text.txt'), text.replaceAll('별', '달'))
    const refused = await run('train', 'recipe.json', '--resume', name, '--epochs', '1')
    expect(refused.lines.at(-1)).toMatchObject({ error: { code: 'MODEL-012' } })
  })

  it('refuses a prompt without a token', async () => {
    const { code, lines } = await run('generate', await model('char'), '--prompt', '')
    expect([code, lines[0]]).toMatchObject([1, { error: { code: 'INPUT-003', at: '--prompt' } }])
  })
})
