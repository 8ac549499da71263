/** The recipes that come as examples: they are complete, they build, and the quick ones reach their figures. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../src/core/data/build.ts'
import type { Dataset } from '../../src/core/data/dataset.ts'
import { parseJson } from '../../src/core/io/json.ts'
import { describeNetwork } from '../../src/core/nn/network.ts'
import { acceptRecipe, type Recipe } from '../../src/core/spec/index.ts'
import { Session } from '../../src/core/train/session.ts'
import { kernels } from '../support/kernels.ts'

const root = join(import.meta.dirname, '../..')
execFileSync(process.execPath, [join(root, 'scripts/pack-data.mjs')])
const packed = (name: string): Buffer => readFileSync(join(root, 'src/core/gen', name))
const examples = join(root, 'examples/recipes')
const recipeOf = (name: string): Recipe => acceptRecipe(parseJson(readFileSync(join(examples, name), 'utf8')))

function dataOf(recipe: Recipe): Dataset {
  const { data } = recipe
  if (data.source === 'digits') return buildDataset(recipe, { digits: packed('digits.bin') })
  if (data.source === 'table') return buildDataset(recipe, { table: packed(`${data.name}.csv`).toString() })
  if (data.source === 'text') return buildDataset(recipe, { text: packed(`${data.name}.txt`).toString() })
  return buildDataset(recipe)
}

const parameters: Readonly<Record<string, number>> = {
  'iris.json': 67,
  'digits.json': 101_770,
  'digits-conv.json': 29_738,
  'english.json': 213_706,
  'korean.json': 218_289,
  'story.json': 39,
  'story-english.json': 39,
  'first-sentences.json': 54,
  'conflict.json': 60,
  'word-order.json': 272,
  'hundred-plain.json': 7_170,
  'hundred-repaired.json': 8_754,
}

describe('an example', () => {
  it.each(readdirSync(examples))('%s has the network that the documentation says', (name) => {
    const recipe = recipeOf(name)
    expect(describeNetwork(recipe, dataOf(recipe)).parameterCount).toBe(parameters[name])
  })

  it('iris reaches a median test accuracy of 0.95 over ten splits', () => {
    const accuracies = Array.from({ length: 10 }, (_, i) => {
      const recipe = { ...recipeOf('iris.json'), seed: i + 1 }
      const session = Session.create(recipe, dataOf(recipe), kernels)
      while (session.status === 'ready') session.train(1000)
      const { testAccuracy } = session.evaluate()
      session.dispose()
      return testAccuracy ?? 0
    }).sort((a, b) => a - b)
    expect(((accuracies[4] ?? 0) + (accuracies[5] ?? 0)) / 2).toBeGreaterThanOrEqual(0.95)
  })
})

describe('the bundled text', () => {
  it.each(['pride-and-prejudice', 'little-stories'])('%s has at least 100 kB', (name) => {
    expect(packed(`${name}.txt`).length).toBeGreaterThan(100_000)
  })
  it('little-stories is the same everywhere and in proper Korean particles', () => {
    const text = packed('little-stories.txt').toString()
    expect(text.startsWith('할아버지의 수수께끼\n')).toBe(true)
    expect(text).not.toMatch(/[{}:|]|undefined/)
  })
})
