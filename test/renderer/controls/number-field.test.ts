import { beforeEach, describe, expect, it } from 'vitest'
import NumberField from '../../../src/renderer/controls/NumberField.vue'
import { found, freshPage, mounted, settled } from '../set-up.ts'

let told: (number | string)[]
function field(): HTMLInputElement {
  const host = mounted(NumberField, {
    modelValue: 0.03,
    label: 'rate',
    step: (value: number, direction: number) => value + direction,
    'onUpdate:modelValue': (value: number | string) => told.push(value),
  })
  return found(host.querySelector('input'))
}

async function type(input: HTMLInputElement, text: string): Promise<void> {
  input.value = text
  input.dispatchEvent(new Event('input'))
  await settled()
}
const press = (input: HTMLInputElement, key: string, isComposing = false): boolean =>
  input.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing, bubbles: true, cancelable: true }))

beforeEach(() => {
  freshPage()
  told = []
})

describe('a number field', () => {
  it('tells a value when Enter is pressed, not before', async () => {
    const input = field()
    await type(input, '0.1')
    expect(told).toEqual([])
    press(input, 'Enter')
    expect(told).toEqual([0.1])
  })

  it('does not take an Enter that ends a composition', async () => {
    const input = field()
    await type(input, '0.1')
    press(input, 'Enter', true)
    expect(told).toEqual([])
  })

  it('goes back to the value in force on Escape', async () => {
    const input = field()
    await type(input, '7')
    press(input, 'Escape')
    await settled()
    expect(input.value).toBe('0.03')
    expect(told).toEqual([])
  })

  it('tells what is no number as it was typed, and takes nothing for no change', async () => {
    const input = field()
    await type(input, ' abc ')
    press(input, 'Enter')
    await type(input, '')
    press(input, 'Enter')
    expect(told).toEqual(['abc'])
  })

  it('steps with the arrow keys', () => {
    const input = field()
    press(input, 'ArrowUp')
    expect(told).toEqual([1.03])
  })
})
