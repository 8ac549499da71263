import { describe, expect, it } from 'vitest'
import {
  acceptRecipe,
  defaultOf,
  groupOf,
  type Hyperparameter,
  hyperparameterAt,
  hyperparameters,
  recipeValue,
  topics,
} from '../../../src/core/spec/index.ts'
import { denseRecipes } from '../../support/bit-cases.ts'
import { recipeOf } from '../../support/sessions.ts'

/** Paths that name or carry data; everything else in a recipe is a choice that a person makes about training. */
const notHyperparameters = [/^format$/, /^name$/, /^data\.source$/, /^data\.examples(\.|$)/, /^network\.\d+\.layer$/]

/** Paths of all values of a recipe, lists of plain texts being one value. */
function pathsOf(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path]
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return [path]
  return Object.entries(value).flatMap(([key, item]) => pathsOf(item, path === '' ? key : `${path}.${key}`))
}

function defaultIsAllowed(entry: Hyperparameter): boolean {
  switch (entry.kind) {
    case 'choice':
      return entry.choices.includes(entry.default)
    case 'set':
      return entry.default.every((value) => entry.choices.includes(value))
    case 'switch':
      return typeof entry.default === 'boolean'
    case 'number':
    case 'integer':
      return [entry.default, entry.suggest].every(
        (value) =>
          value <= entry.max &&
          (entry.exclusiveMin === true ? value > entry.min : value >= entry.min) &&
          (entry.kind === 'number' || Number.isInteger(value)),
      )
  }
}

describe('the hyperparameter table', () => {
  it('has every path of a recipe that is a choice', () => {
    const paths = (['circle', 'story', 'deep', 'plane'] as const).flatMap((name) => pathsOf(recipeOf(name)))
    const chosen = paths.filter((path) => !notHyperparameters.some((pattern) => pattern.test(path)))
    expect(chosen.length).toBeGreaterThan(20)
    expect(chosen.filter((path) => hyperparameterAt(path) === undefined)).toEqual([])
    expect(Object.keys(denseRecipes)).toHaveLength(4)
  })

  it('has each path once', () => {
    const paths = hyperparameters.map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
  })

  it('has defaults and suggestions that it allows itself', () => {
    expect(hyperparameters.filter((entry) => !defaultIsAllowed(entry)).map(({ path }) => path)).toEqual([])
  })

  it('has entries for each topic, those of a topic in one part of the recipe', () => {
    for (const topic of topics) {
      const entries = hyperparameters.filter((entry) => entry.topic === topic)
      expect(entries.length, topic).toBeGreaterThan(0)
      const start = { data: 'data.', network: 'network.', training: '' }[groupOf({ topic })]
      for (const { path } of entries) expect(path.startsWith(start), path).toBe(true)
    }
  })

  it.each([
    { source: 'points' },
    { source: 'table' },
    { source: 'digits' },
    { source: 'text', name: 'pride-and-prejudice' },
    { source: 'csv', path: 'a.csv', target: 'b' },
  ])('says what a recipe is given where it says nothing, for $source too', (data) => {
    const recipe = acceptRecipe({ format: 'paramap/1', data, network: [] })
    for (const entry of hyperparameters) {
      const value = recipeValue(recipe, entry.path)
      if (value !== undefined) expect(value, entry.path).toEqual(defaultOf<unknown>(entry, data.source))
    }
  })

  it('names and explains each in Korean and English, in one sentence that ends', () => {
    for (const { path, ko, en } of hyperparameters) {
      for (const words of [ko, en]) {
        expect(words.name.trim(), path).not.toBe('')
        expect(words.about, path).toMatch(/\S.*[.요]\.?$/)
      }
      expect(ko.about, path).toMatch(/[가-힣]/)
      expect(en.name + en.about, path).not.toMatch(/[가-힣]/)
    }
  })
})
