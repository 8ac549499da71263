import { beforeEach, describe, expect, it } from 'vitest'
import type { OperationLines, OperationState } from '../../../../src/core/spec/index.ts'
import { showLanguage } from '../../../../src/renderer/i18n/index.ts'
import { useApp } from '../../../../src/renderer/stores/app.ts'
import { useFrame } from '../../../../src/renderer/stores/frame.ts'
import { useOperation } from '../../../../src/renderer/stores/operation.ts'
import { useRun } from '../../../../src/renderer/stores/run.ts'
import { useSelection } from '../../../../src/renderer/stores/selection.ts'
import OperationPanel from '../../../../src/renderer/views/operation/OperationPanel.vue'
import { aFrame, aRun, type FixtureBridge } from '../../fixture-bridge.ts'
import { found, freshPage, mounted, settled } from '../../set-up.ts'

const state: OperationState = { step: 4, phase: 0, rows: 10, row: 0, sample: 17, isTaken: false }
const info = aRun()
const nodes = info.layers.reduce((sum, { units }) => sum + units, 0)
const numbers = (count: number, first = 0): number[] => Array.from({ length: count }, (_, n) => first + n / 8)
let bridge: FixtureBridge

function sendState(change: Partial<OperationState> = {}): void {
  const operation = { ...state, ...change }
  const sections = {
    parameters: numbers(info.parameterCount, 1),
    before: numbers(info.parameterCount),
    sums: numbers(nodes),
    activations: numbers(nodes),
    deltas: numbers(nodes),
    wanted: [1, 0],
  }
  bridge.sendFrame(aFrame({ step: 4, operation }, sections))
}

async function shown(change: Partial<OperationState> = {}): Promise<HTMLElement> {
  bridge.answer(
    'run.operation',
    ({ stop, from, row }: { stop: number; from: number | null; row: number }): OperationLines => ({
      step: 4,
      phase: change.phase ?? 0,
      row,
      stop,
      from,
      lines: [{ rule: 'activation', numbers: { z: stop }, sum: null, result: Math.tanh(stop) }],
    }),
  )
  bridge.answer('run.update', () => null)
  useFrame().start()
  await useRun().show('lab')
  useRun().update(info)
  useSelection()
  useOperation()
  sendState(change)
  await settled()
  const host = mounted(OperationPanel)
  await settled()
  return host
}
const asked = (name: string): unknown => bridge.calls.findLast((call) => call.name === name)?.argument
const buttons = (host: HTMLElement, selector: string): HTMLButtonElement[] => [
  ...host.querySelectorAll<HTMLButtonElement>(selector),
]

describe('the panel of a step that is taken apart', () => {
  beforeEach(() => {
    bridge = freshPage()
    // The page follows the browser's language until it is told another.
    useApp()
    showLanguage('ko')
  })

  it('lists all operations, marks the one that is shown and says it', async () => {
    const host = await shown({ phase: 3 })
    expect(buttons(host, '.strip button').map((one) => one.textContent?.trim())).toEqual([
      '은닉 1 →',
      '은닉 2 →',
      '출력 →',
      '손실',
      '← 출력',
      '← 은닉 2',
      '← 은닉 1',
      '갱신',
    ])
    expect(host.querySelector('[aria-current]')?.textContent?.trim()).toBe('손실')
    expect(host.querySelector('[role=status]')?.textContent).toContain('연산 8개 중 4: 손실')
  })

  it('goes to an operation by a click, and along them by arrow keys', async () => {
    const host = await shown({ phase: 1 })
    found(buttons(host, '.strip button')[4]).click()
    expect(asked('run.operate')).toEqual({ run: 'a', to: 4 })
    const strip = found(host.querySelector('.strip'))
    strip.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))
    expect(asked('run.operate')).toEqual({ run: 'a', to: 2 })
    strip.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))
    expect(asked('run.operate')).toEqual({ run: 'a', to: 3 })
    strip.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }))
    expect(asked('run.operate')).toEqual({ run: 'a', to: 7 })
  })

  it('shows the formula of the first stop, and of another that is chosen in its table', async () => {
    const host = await shown()
    await expect.poll(() => host.querySelector('.formula')?.textContent).toContain('tanh(0)')
    found(buttons(host, '.numbers button')[2]).click()
    await expect.poll(() => host.querySelector('.formula')?.textContent).toContain('tanh(2)')
    expect(host.querySelector('[aria-pressed="true"]')?.textContent?.trim()).toBe('h₁·3')
  })

  it('asks for the line into the layer that is selected on the map', async () => {
    await shown()
    useSelection().selected = { kind: 'weight', parameter: 'layers.0.weight', index: 5 }
    await expect.poll(() => asked('run.operation')).toEqual({ run: 'a', row: 0, stop: 2, from: 1 })
    useSelection().selected = { kind: 'weight', parameter: 'layers.1.weight', index: 5 }
    await expect.poll(() => asked('run.operation')).toEqual({ run: 'a', row: 0, stop: 0, from: null })
  })

  it('goes through the rows of the batch, no farther than there are', async () => {
    const host = await shown({ row: 8 })
    const [before, after] = buttons(host, '.stepper button')
    found(after).click()
    expect(useOperation().row).toBe(9)
    found(before).click()
    expect(useOperation().row).toBe(7)
    sendState({ row: 9 })
    await settled()
    expect(found(after).disabled).toBe(true)
  })

  it('at the update lists what moved most, old and new, and asks for the parts of one', async () => {
    const host = await shown({ phase: 7, isTaken: true })
    expect(host.querySelectorAll('.numbers tbody tr')).toHaveLength(10)
    expect(host.querySelector('.numbers tbody td')?.textContent).toBe('+0.0000')
    expect(host.textContent).toContain('이 스텝을 마쳤어요.')
    await expect.poll(() => asked('run.update')).toEqual({ run: 'a', name: 'layers.0.weight', index: 0 })
    found(buttons(host, '.numbers button')[3]).click()
    await expect.poll(() => asked('run.update')).toEqual({ run: 'a', name: 'layers.0.weight', index: 3 })
  })
})
