import { beforeEach, describe, expect, it } from 'vitest'
import { groupedMarks } from '../../../../src/renderer/charts/mark-groups.ts'
import { showLanguage } from '../../../../src/renderer/i18n/index.ts'
import { useApp } from '../../../../src/renderer/stores/app.ts'
import { useFork } from '../../../../src/renderer/stores/fork.ts'
import { useFrame } from '../../../../src/renderer/stores/frame.ts'
import { useRun } from '../../../../src/renderer/stores/run.ts'
import MarkStrip from '../../../../src/renderer/views/marks/MarkStrip.vue'
import { aFrame, type FixtureBridge } from '../../fixture-bridge.ts'
import { found, freshPage, mounted, settled } from '../../set-up.ts'

const rate = 'training.optimizer.learningRate'
const edit = (id: number, step: number, from: number, to: number) => ({
  id,
  run: 'a',
  step,
  epoch: step / 25,
  path: rate,
  from,
  to,
})
let bridge: FixtureBridge
let host: HTMLElement

const marks = (): HTMLButtonElement[] => [...host.querySelectorAll<HTMLButtonElement>('button.mark')]
const card = (): HTMLElement | null => host.querySelector('[role=dialog]')
const choice = (name: string): HTMLButtonElement =>
  found([...found(card()).querySelectorAll('button')].find((one) => one.textContent?.includes(name)))
const key = (code: string): void => {
  const event = new KeyboardEvent('keydown', { code, key: code, bubbles: true, cancelable: true })
  document.activeElement?.dispatchEvent(event)
}

beforeEach(async () => {
  bridge = freshPage()
  showLanguage('en')
  await useRun().show('lab')
  useFrame().start()
  bridge.sendFrame(aFrame({ step: 500 }, { curve: [0, 0, 0.7, 0, 0, 0, 4, 100, 0.5, 0, 0, 0, 8, 200, 0.25, 0, 0, 0] }))
  await settled()
  const edits = [edit(1, 100, 0.03, 0.1), edit(2, 300, 0.1, 0.2), edit(3, 310, 0.2, 0.5)]
  host = mounted(MarkStrip, { groups: groupedMarks(edits, ({ step }) => step), top: 10 })
})

describe('the marks', () => {
  it('say what, from, to and when; crowded ones say how many they are', () => {
    expect(marks().map((one) => one.getAttribute('aria-label'))).toEqual([
      'Learning rate 0.03 → 0.1, step 100',
      '2 changes, steps 300 to 310',
    ])
  })

  it('are one tab stop through which arrow keys go', async () => {
    expect(marks().map(({ tabIndex }) => tabIndex)).toEqual([0, -1])
    marks()[0]?.focus()
    key('ArrowRight')
    await settled()
    expect(document.activeElement).toBe(marks()[1])
    expect(marks().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0])
    key('Home')
    await settled()
    expect(document.activeElement).toBe(marks()[0])
  })

  it('open a card with the loss around the change, which Escape closes', async () => {
    marks()[0]?.focus()
    marks()[0]?.click()
    await settled()
    for (const text of ['0.03 → 0.1', 'step 100', 'loss 0.5000 → 0.2500']) expect(card()?.textContent).toContain(text)
    expect(document.activeElement).toBe(card())
    key('Escape')
    await settled()
    expect(card()).toBeNull()
    expect(document.activeElement).toBe(marks()[0])
  })

  it('list every change that they stand for', async () => {
    marks()[1]?.click()
    await settled()
    expect(card()?.querySelectorAll('li')).toHaveLength(2)
  })
})

describe('the card of a mark', () => {
  it('takes that change back though others came after it, as an edit of its own', async () => {
    marks()[1]?.click()
    await settled()
    choice('Take back').click()
    await settled()
    expect(bridge.calls.at(-1)).toMatchObject({ name: 'run.edit', argument: { run: 'a', path: rate, value: 0.1 } })
    expect(document.activeElement).toBe(marks()[1])
  })

  it('offers nothing to take back where the old value is in force', async () => {
    marks()[0]?.click()
    await settled()
    expect(choice('Take back').disabled).toBe(true)
    expect(card()?.textContent).toContain('old value again')
  })

  it('goes to that moment', async () => {
    marks()[0]?.click()
    await settled()
    choice('Look at it').click()
    await settled()
    expect(bridge.calls.filter(({ name }) => name === 'run.look').at(0)?.argument).toEqual({ run: 'a', step: 100 })
  })

  it('asks for a fork there that does without the change', async () => {
    marks()[0]?.click()
    await settled()
    choice('Fork there').click()
    await settled()
    expect(useFork().plan).toEqual({ step: 100, path: rate, value: 0.03 })
    expect(useApp().forkShown).toBe(true)
  })
})
