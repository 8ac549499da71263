import { beforeEach, describe, expect, it } from 'vitest'
import HyperparameterRow from '../../../src/renderer/controls/HyperparameterRow.vue'
import { useEdits } from '../../../src/renderer/stores/edits.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import { aRun, type FixtureBridge } from '../fixture-bridge.ts'
import { found, freshPage, mounted, settled } from '../set-up.ts'

const rate = 'training.optimizer.learningRate'
let bridge: FixtureBridge
let input: HTMLInputElement
let host: HTMLElement

async function enter(text: string): Promise<void> {
  input.value = text
  input.dispatchEvent(new Event('input'))
  await settled()
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))
  await settled()
}

beforeEach(async () => {
  bridge = freshPage()
  await useRun().show('lab')
  host = mounted(HyperparameterRow, { path: rate })
  input = found(host.querySelector<HTMLInputElement>('input[type=text]'))
})

describe('a hyperparameter', () => {
  it('shows the value of the recipe', () => {
    expect(input.value).toBe('0.03')
  })

  it('sends an edit and shows it as pending', async () => {
    bridge.answer('run.edit', () => aRun({ version: 2 }))
    await enter('0.1')
    expect(bridge.calls.at(-1)).toEqual({ name: 'run.edit', argument: { run: 'a', path: rate, value: 0.1 } })
    expect(useEdits().pendingValue(rate)).toBe(0.1)
    expect(input.value).toBe('0.1')
    expect(host.querySelector('.field.pending')).not.toBeNull()
  })

  it('says what is wrong while it is typed and sends nothing', async () => {
    const calls = bridge.calls.length
    await enter('-3')
    expect(bridge.calls).toHaveLength(calls)
    expect(input.getAttribute('aria-invalid')).toBe('true')
    expect(host.querySelector('[role=alert]')?.textContent).toContain('0.01')
    expect(input.value).toBe('0.03')
  })
})
