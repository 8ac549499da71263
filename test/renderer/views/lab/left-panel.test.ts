import { beforeEach, describe, expect, it } from 'vitest'
import {
  acceptRecipe,
  checkValue,
  circleRecipe,
  deepRepairedRecipe,
  digitsRecipe,
  editRecipe,
  hyperparameterAt,
  hyperparameters,
  irisRecipe,
  optimizers,
  type Recipe,
  recipeValue,
  storyRecipe,
  topics,
} from '../../../../src/core/spec/index.ts'
import { appliedPaths } from '../../../../src/renderer/controls/recipe-value.ts'
import { showLanguage } from '../../../../src/renderer/i18n/index.ts'
import { usePanel } from '../../../../src/renderer/stores/panel.ts'
import { useRun } from '../../../../src/renderer/stores/run.ts'
import { useShape } from '../../../../src/renderer/stores/shape.ts'
import DataPanel from '../../../../src/renderer/views/lab/DataPanel.vue'
import FoundPanel from '../../../../src/renderer/views/lab/FoundPanel.vue'
import NetworkPanel from '../../../../src/renderer/views/lab/NetworkPanel.vue'
import PanelSearch from '../../../../src/renderer/views/lab/PanelSearch.vue'
import TrainingPanel from '../../../../src/renderer/views/lab/TrainingPanel.vue'
import { aRun, type FixtureBridge } from '../../fixture-bridge.ts'
import { found, freshPage, mounted, settled } from '../../set-up.ts'

const rate = 'training.optimizer.learningRate'
let bridge: FixtureBridge

beforeEach(async () => {
  bridge = freshPage()
  bridge.answer('run.usefulness', () => ({ measure: 'loss', values: [0.4, 0.1], order: [1, 0] }))
  bridge.answer('run.rows', () => ({ header: ['a', 'b'], total: 0, from: 0, rows: [] }))
  bridge.answer('run.plan', () => ({ kept: 20, fresh: 0, gone: 8, count: [28, 20], loss: [0.1, 0.4] }))
  bridge.answer('run.damage', () => ({ loss: [0.1, 0.7], accuracy: null, outputs: null }))
  showLanguage('ko')
  await useRun().show('lab')
})

const accept = (recipe: unknown): Recipe => acceptRecipe(recipe)
const layers = [
  { layer: 'dense', units: 3, activation: 'relu' },
  { layer: 'dropout', rate: 0.2 },
  { layer: 'residual', layers: [{ layer: 'layer-norm' }, { layer: 'dense', units: 3, activation: 'tanh' }] },
]
const families: Readonly<Record<string, Recipe>> = {
  points: accept(circleRecipe),
  'one number': accept({ ...circleRecipe, data: { source: 'points', shape: 'plane' }, network: layers }),
  sentences: accept(storyRecipe),
  table: accept(irisRecipe),
  digits: accept(digitsRecipe),
  'blocks in a row': accept({ ...deepRepairedRecipe, network: deepRepairedRecipe.network.slice(0, 3) }),
}
/** What changes which numbers training has. */
const trainings: readonly Recipe[] = [
  ...optimizers.map((name) => editRecipe(accept(circleRecipe), 'training.optimizer.name', name)),
  accept({ ...circleRecipe, training: { schedule: { name: 'step' }, initializer: 'uniform' } }),
  accept({ ...circleRecipe, training: { schedule: { name: 'cosine' }, loss: 'huber' } }),
]

/** Paths of the rows in a host, each once. */
const rowsOf = (host: HTMLElement): string[] =>
  [...host.querySelectorAll('[data-path]')].map((one) => one.getAttribute('data-path') ?? '')
const rowAt = (host: HTMLElement, path: string): Element => found(host.querySelector(`[data-path="${path}"]`))

function type(input: HTMLInputElement, text: string): Promise<void> {
  input.value = text
  input.dispatchEvent(new Event('input'))
  return settled()
}

describe('the left panel', () => {
  it.each(Object.entries(families))('has a row for all that the table has for %s, and no other', async (_, recipe) => {
    useRun().update(aRun({ version: 2, recipe }))
    usePanel().unfolded = new Set(topics)
    const rows = new Set([...rowsOf(mounted(DataPanel)), ...rowsOf(mounted(TrainingPanel))])
    const network = mounted(NetworkPanel)
    for (const index of recipe.network.keys()) {
      useShape().open = index
      await settled()
      for (const path of rowsOf(network)) rows.add(path)
    }
    expect([...rows].sort()).toEqual([...appliedPaths(recipe)].sort())
  })

  it('has the rows of every optimizer, schedule, loss and start', async () => {
    usePanel().unfolded = new Set(topics)
    const host = mounted(TrainingPanel)
    for (const [n, recipe] of trainings.entries()) {
      useRun().update(aRun({ version: 2 + n, recipe }))
      await settled()
      const ofTraining = appliedPaths(recipe).filter((path) => !/^(data|network)\./.test(path))
      expect(rowsOf(host).sort()).toEqual([...ofTraining].sort())
    }
  })

  it('counts as applied just what the recipe has and the table says', () => {
    const recipes = [...Object.values(families), ...trainings]
    for (const recipe of recipes) {
      for (const path of appliedPaths(recipe)) expect(checkValue(path, recipeValue(recipe, path)), path).toBeNull()
    }
    const reached = new Set(recipes.flatMap((one) => appliedPaths(one).map(hyperparameterAt)))
    const never = hyperparameters.filter((entry) => !reached.has(entry)).map(({ path }) => path)
    // Texts, pictures, sequences and experts are trained from the command line.
    expect(never.every((path) => path === 'data.context' || path.startsWith('network.*.'))).toBe(true)
  })

  it('says in a folded heading what its rows are', async () => {
    const host = mounted(TrainingPanel)
    const heading = (name: string): HTMLButtonElement =>
      found([...host.querySelectorAll<HTMLButtonElement>('h3 button')].find((one) => one.textContent?.includes(name)))
    expect(heading('멈춤').textContent).toContain('100 에포크')
    expect(heading('규제').textContent).toContain('끔')
    expect(heading('시작').textContent).toContain('시드 1')
    heading('학습률, 옵티마이저').click()
    await settled()
    expect(heading('학습률, 옵티마이저').textContent).toContain('SGD · η 0.03')
    expect(rowsOf(host)).toEqual([])
  })
})

describe('the search of the left panel', () => {
  it('finds rows by name in both languages, symbol and first consonants, and says how many', async () => {
    const search = mounted(PanelSearch)
    const host = mounted(FoundPanel)
    const input = found(search.querySelector('input'))
    for (const text of ['ㅎㅅㄹ', 'learning rate', 'η', '학습률']) {
      await type(input, text)
      expect(rowsOf(host), text).toContain(rate)
      expect(search.querySelector('[role=status]')?.textContent, text).toContain(`${rowsOf(host).length}개`)
    }
    await type(input, 'η')
    expect(rowsOf(host)).toEqual([rate])
    await type(input, 'no such thing')
    expect(host.textContent).toContain('더 짧은 말로')
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    await settled()
    expect(usePanel().isFiltered).toBe(false)
  })

  it('names the layer of what it finds', async () => {
    usePanel().query = 'ㄴㄷ'
    const host = mounted(FoundPanel)
    expect(rowsOf(host)).toEqual(['network.0.units', 'network.1.units'])
    expect([...host.querySelectorAll('input')].map((one) => one.getAttribute('aria-label'))).toEqual([
      '은닉 1 노드 수',
      '은닉 2 노드 수',
    ])
  })

  it('shows what is not as by default, and puts the default back', async () => {
    const search = mounted(PanelSearch)
    const host = mounted(FoundPanel)
    found(search.querySelector<HTMLButtonElement>('button[aria-pressed]')).click()
    await settled()
    expect(rowsOf(host)).toEqual(['network.1.units', rate, 'training.optimizer.name'])
    found(rowAt(host, rate).querySelector<HTMLButtonElement>('button.reset')).click()
    await settled()
    expect(bridge.calls.at(-1)?.argument).toEqual({ run: 'a', path: rate, value: 0.01 })
  })
})

describe('the explanation of a row', () => {
  it('opens with F1, takes the focus, sets the example, and gives the focus back', async () => {
    const host = mounted(TrainingPanel)
    const row = rowAt(host, rate)
    const name = found(row.querySelector('button'))
    await settled()
    row.dispatchEvent(new KeyboardEvent('keydown', { code: 'F1', key: 'F1', bubbles: true, cancelable: true }))
    await settled()
    const card = found(row.querySelector<HTMLElement>('[role=dialog]'))
    expect(card.getAttribute('aria-label')).toBe('학습률')
    for (const text of ['한 걸음의 크기', '0 초과', '0.01']) expect(card.textContent).toContain(text)
    expect(document.activeElement).toBe(card)
    found(card.querySelector<HTMLButtonElement>('.buttons button')).click()
    await settled()
    expect(bridge.calls.at(-1)?.argument).toEqual({ run: 'a', path: rate, value: 1 })
    expect(row.querySelector('[role=dialog]')).toBeNull()
    expect(document.activeElement).toBe(name)
  })

  it('is closed by Escape alone, and by a press elsewhere', async () => {
    const row = rowAt(mounted(TrainingPanel), rate)
    const name = found(row.querySelector('button'))
    const card = (): Element | null => row.querySelector('[role=dialog]')
    name.click()
    await settled()
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    await settled()
    expect([card(), document.activeElement]).toEqual([null, name])
    name.click()
    await settled()
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))
    await settled()
    expect(card()).toBeNull()
  })
})
