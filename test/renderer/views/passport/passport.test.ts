import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { Passport } from '../../../../src/core/spec/index.ts'
import { useApp } from '../../../../src/renderer/stores/app.ts'
import { useHandbook } from '../../../../src/renderer/stores/handbook.ts'
import { useRun } from '../../../../src/renderer/stores/run.ts'
import { useSelection } from '../../../../src/renderer/stores/selection.ts'
import ParameterPassport from '../../../../src/renderer/views/passport/ParameterPassport.vue'
import type { FixtureBridge } from '../../fixture-bridge.ts'
import { found, freshPage, mounted } from '../../set-up.ts'

const passport: Passport = {
  name: 'layers.1.weight',
  index: 5,
  kind: 'weight',
  layer: 2,
  from: 1,
  to: 1,
  value: 0.25,
  frozen: false,
  off: null,
  gradient: -0.1,
  slope: -0.2,
  loss: 0.5,
  update: {
    step: 1,
    from: 0.24,
    to: 0.25,
    parts: [
      { kind: 'gradient', change: 0.008 },
      { kind: 'momentum', change: 0.002 },
      { kind: 'rounding', change: 0 },
    ],
    numbers: { rate: 0.03, clipped: -0.1 },
  },
  history: [0, 0.1, 1, 0.25],
  recent: [],
  contribution: { value: 0.3, share: 0.125 },
  damage: { loss: [0.5, 0.9], accuracy: [1, 0.5], outputs: { before: [0.9, 0.1], after: [0.4, 0.6] } },
}
let bridge: FixtureBridge

async function shown(answer: Passport): Promise<HTMLElement> {
  bridge.answer('run.parameter', () => answer)
  bridge.answer('run.sweep', () => ({
    values: [0, 0.25, 1],
    losses: [0.6, 0.5, 0.7],
    value: 0.25,
    loss: 0.5,
    slope: -0.2,
  }))
  await useRun().show('lab')
  useSelection().selected = { kind: 'weight', parameter: 'layers.1.weight', index: 5 }
  const host = mounted(ParameterPassport)
  await expect.poll(() => host.textContent).toContain('0.9000')
  await nextTick()
  return host
}
const button = (host: HTMLElement, name: string): HTMLButtonElement =>
  found([...host.querySelectorAll('button')].find((one) => one.textContent.trim() === name))
const edits = (): unknown[] => bridge.calls.filter(({ name }) => name === 'run.edit').map(({ argument }) => argument)

describe('the passport', () => {
  beforeEach(() => {
    bridge = freshPage()
  })

  it('says where the parameter stands, in words', async () => {
    const host = await shown(passport)
    expect(host.textContent).toContain('가운데 동네 1 정류장 2에서 가운데 동네 2 정류장 2까지')
  })

  it('lists the parts of the step and their sum', async () => {
    const host = await shown(passport)
    const numbers = [...host.querySelectorAll('.parts .num')].map(({ textContent }) => textContent)
    expect(numbers).toEqual(['+0.00800', '+0.00200', '0.00000', '+0.01000'])
  })

  it('freezes and switches off, and back', async () => {
    const host = await shown(passport)
    button(host, '얼리기').click()
    button(host, '끄기').click()
    await nextTick()
    expect(edits()).toEqual([
      { run: 'a', path: 'parameters.layers.1.weight.5.frozen', value: true },
      { run: 'a', path: 'parameters.layers.1.weight.5.off', value: true },
    ])
  })

  it('says of what is off which value comes back', async () => {
    const host = await shown({ ...passport, value: 0, off: 0.25 })
    expect(host.textContent).toContain('+0.2500')
    button(host, '끄기').click()
    await nextTick()
    expect(edits()).toEqual([{ run: 'a', path: 'parameters.layers.1.weight.5.off', value: false }])
  })

  it('leads to the hyperparameters that steered it', async () => {
    const host = await shown(passport)
    const chip = found([...host.querySelectorAll<HTMLButtonElement>('.steering button')][0])
    chip.click()
    expect(useApp().view).toBe('hyperparameters')
    expect(useHandbook().sought).toBe('training.optimizer.learningRate')
  })
})
