import { beforeEach, describe, expect, it, vi } from 'vitest'
import { acceptRecipe, circleRecipe, editRecipe, storyRecipe } from '../../../src/core/spec/index.ts'
import { showLanguage } from '../../../src/renderer/i18n/index.ts'
import { useFrame } from '../../../src/renderer/stores/frame.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import DataPanel from '../../../src/renderer/views/lab/DataPanel.vue'
import NetworkPanel from '../../../src/renderer/views/lab/NetworkPanel.vue'
import TrainingPanel from '../../../src/renderer/views/lab/TrainingPanel.vue'
import TransportBar from '../../../src/renderer/views/lab/TransportBar.vue'
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

  it('grows a layer, and names the node that goes before it takes it out', async () => {
    bridge.answer('run.usefulness', () => ({ measure: 'loss', values: [0.4, 0.01, 0.3, 0.2], order: [1, 3, 2, 0] }))
    const host = mounted(NetworkPanel)
    button(host, 'Add a node').click()
    await settled()
    expect(bridge.calls.at(-1)?.argument).toEqual({ run: 'a', change: { kind: 'grow', at: 0, count: 1 } })
    button(host, 'Remove a node').click()
    await settled()
    expect(bridge.calls.at(-1)?.argument).toEqual({ run: 'a', change: { kind: 'prune', at: 0, stops: [1] } })
  })

  it('offers layers with what each would keep, and puts the chosen one in', async () => {
    const plan = { kept: 28, fresh: 6, gone: 0, count: [28, 34], loss: [0.5, 0.5] }
    bridge.answer('run.plan', () => plan)
    bridge.answer('run.fits', ({ choices }: { choices: readonly { layer: string }[][] }) =>
      choices.map(([first]) =>
        first?.layer === 'conv2d'
          ? { code: 'NETWORK-004', values: { layer: 'conv2d', kernel: 3, given: '[1]' }, at: 'network' }
          : null,
      ),
    )
    const host = mounted(NetworkPanel)
    button(host, 'Add layer').click()
    await settled()
    expect(button(host, 'convolution').getAttribute('aria-disabled')).toBe('true')
    expect(button(host, 'convolution').textContent).toContain('does not fit into its input [1]')
    button(host, 'dense').focus()
    await vi.waitFor(() => expect(host.textContent).toContain('28 parameters stay'))
    expect(host.textContent).toContain('28 parameters stay, 6 begin, 0 go. The loss stays 0.5')
    button(host, 'dense').click()
    await settled()
    expect(bridge.calls.at(-1)?.argument).toMatchObject({
      change: { kind: 'insert', at: 2, layers: [{ layer: 'dense', units: 2, activation: 'tanh' }] },
    })
  })

  it('opens a layer: its curve, freeze and switch off, its place, its stops by usefulness', async () => {
    bridge.answer('run.usefulness', () => ({ measure: 'loss', values: [0.4, 0.01, 0.3, 0.2], order: [1, 3, 2, 0] }))
    bridge.answer('run.plan', () => ({ kept: 20, fresh: 0, gone: 8, count: [28, 20], loss: [0.1, 0.4] }))
    bridge.answer('run.damage', () => ({ loss: [0.1, 0.7], accuracy: null, outputs: null }))
    const host = mounted(NetworkPanel)
    button(host, 'Hidden 1').click()
    await settled()
    await settled()
    expect(host.querySelector('svg[role=img]')?.getAttribute('aria-label')).toContain('tanh')
    expect(host.textContent).toContain('Switched off: loss 0.1')
    button(host, 'Freeze Stop 2').click()
    await settled()
    expect(bridge.calls.some(({ argument }) => JSON.stringify(argument).includes('nodes.1.1.frozen'))).toBe(true)
    button(host, 'later').click()
    await settled()
    expect(bridge.calls.some(({ argument }) => JSON.stringify(argument).includes('"kind":"move","at":0,"to":1'))).toBe(
      true,
    )
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
    expect(host.querySelectorAll('input[type=radio][name=shape]')).toHaveLength(7)
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
  it('goes from one batch a second to as fast as it can', async () => {
    const host = mounted(TransportBar)
    const slider = found(host.querySelector<HTMLElement>('[role=slider]'))
    const press = async (code: string): Promise<unknown> => {
      slider.dispatchEvent(new KeyboardEvent('keydown', { code, key: code, bubbles: true }))
      await settled()
      return bridge.calls.at(-1)?.argument
    }
    expect(await press('Home')).toEqual({ run: 'a', stepsPerSecond: 1 })
    expect(slider.getAttribute('aria-valuetext')).toBe('1 /s')
    expect(await press('End')).toEqual({ run: 'a', stepsPerSecond: null })
    expect(slider.getAttribute('aria-valuetext')).toBe('fastest')
  })

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
