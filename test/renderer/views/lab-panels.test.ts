import { beforeEach, describe, expect, it } from 'vitest'
import { acceptRecipe, circleRecipe, editRecipe, storyRecipe } from '../../../src/core/spec/index.ts'
import { showLanguage } from '../../../src/renderer/i18n/index.ts'
import { useFrame } from '../../../src/renderer/stores/frame.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import DataPanel from '../../../src/renderer/views/lab/DataPanel.vue'
import TrainingPanel from '../../../src/renderer/views/lab/TrainingPanel.vue'
import TransportBar from '../../../src/renderer/views/lab/TransportBar.vue'
import NetworkPanel from '../../../src/renderer/views/network/NetworkPanel.vue'
import { aFrame, aRun, type FixtureBridge } from '../fixture-bridge.ts'
import { found, freshPage, mounted, settled } from '../set-up.ts'

let bridge: FixtureBridge
const button = (host: HTMLElement, name: string): HTMLButtonElement =>
  found(
    [...host.querySelectorAll('button')].find((one) =>
      (one.getAttribute('aria-label') ?? one.textContent)?.includes(name),
    ),
  )
const fieldNames = (host: HTMLElement): string[] =>
  [...host.querySelectorAll('input[type=text]')].map((one) => one.getAttribute('aria-label') ?? '')

beforeEach(async () => {
  bridge = freshPage()
  showLanguage('en')
  await useRun().show('lab')
})

describe('the network panel', () => {
  it('shows the count of each layer as a sum, and the total', () => {
    const text = mounted(NetworkPanel).textContent
    for (const sum of ['2×4+4 = 12', '4×2+2 = 10', '2×2+2 = 6', '28']) expect(text).toContain(sum)
  })

  it('adds a silent node, and takes the least useful one away', async () => {
    bridge.answer('run.usefulness', () => ({ measure: 'loss', values: [0.2, 0.1, -0.01, 0.3], order: [2, 1, 0, 3] }))
    const host = mounted(NetworkPanel)
    button(host, 'Add a node').click()
    await settled()
    const grown = { run: 'a', change: { kind: 'grow', at: 0, count: 1 } }
    expect(bridge.calls.find(({ name }) => name === 'run.reshape')?.argument).toEqual(grown)
    button(host, 'Remove a node').click()
    await settled()
    const pruned = { run: 'a', change: { kind: 'prune', at: 0, stops: [2] } }
    expect(bridge.calls.findLast(({ name }) => name === 'run.reshape')?.argument).toEqual(pruned)
  })

  it('takes the last layer away', async () => {
    button(mounted(NetworkPanel), 'Remove layer').click()
    await settled()
    expect(bridge.calls.at(-1)?.argument).toEqual({ run: 'a', change: { kind: 'remove', at: 1 } })
  })
})

describe('the training panel', () => {
  it('shows the numbers of the optimizer that is chosen', async () => {
    const host = mounted(TrainingPanel)
    expect(fieldNames(host)).not.toContain('Momentum')
    const recipe = editRecipe(acceptRecipe(circleRecipe), 'training.optimizer.name', 'momentum')
    useRun().update(aRun({ version: 2, recipe }))
    await settled()
    expect(fieldNames(host)).toContain('Momentum')
  })
})

describe('the data panel', () => {
  it('shows shapes for points and praise for sentences', async () => {
    const host = mounted(DataPanel)
    expect(host.querySelectorAll('input[type=radio][name=shape]')).toHaveLength(6)
    useRun().update(aRun({ version: 2, recipe: acceptRecipe(storyRecipe) }))
    await settled()
    expect(host.textContent).toContain('사랑해')
    expect(host.textContent).toContain('scolded')
  })

  it('keeps at least one feature', async () => {
    const host = mounted(DataPanel)
    const box = found(host.querySelector<HTMLInputElement>('input[type=checkbox]:checked'))
    box.click()
    await settled()
    expect(bridge.calls.at(-1)?.argument).toEqual({ run: 'a', path: 'data.features', value: ['y'] })
  })
})

describe('the transport', () => {
  it('says what its button does and how far the run is', async () => {
    useFrame().start()
    const host = mounted(TransportBar)
    expect(button(host, 'Train')).toBeDefined()
    bridge.sendFrame(aFrame({ status: 'running', step: 1150, epoch: 46, stepsPerSecond: 25, secondsLeft: 54 }))
    await settled()
    expect(host.textContent).toContain('Pause')
    for (const text of ['46', '1,150', '25', '54 s']) expect(host.textContent).toContain(text)
    bridge.sendFrame(aFrame({ status: 'diverged', step: 1151, epoch: 46 }))
    await settled()
    expect(button(host, 'Continue').disabled).toBe(true)
  })
})
