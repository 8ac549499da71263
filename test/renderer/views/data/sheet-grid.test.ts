import { beforeEach, expect, it } from 'vitest'
import { acceptRecipe, irisRecipe } from '../../../../src/core/spec/index.ts'
import { useRun } from '../../../../src/renderer/stores/run.ts'
import SheetGrid from '../../../../src/renderer/views/data/SheetGrid.vue'
import { aRun, type FixtureBridge } from '../../fixture-bridge.ts'
import { found, freshPage, mounted, settled } from '../../set-up.ts'

let bridge: FixtureBridge
let grid: HTMLElement
const cell = (): HTMLElement => found(grid.querySelector<HTMLElement>('#cell-1-0'))
const press = (target: Element, key: string): boolean =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
const written = (): readonly unknown[] => bridge.calls.filter(({ name }) => name === 'run.edit')

beforeEach(async () => {
  bridge = freshPage()
  bridge.answer('run.rows', () => ({
    header: ['size'],
    total: 2,
    from: 0,
    columns: [],
    rows: [
      { part: 'train', cells: ['1'] },
      { part: 'test', cells: ['2'] },
    ],
  }))
  await useRun().show('lab')
  useRun().update({ ...aRun({ version: 2 }), recipe: acceptRecipe(irisRecipe) })
  const host = mounted(SheetGrid, { label: 'sheet' })
  await settled()
  grid = found(host.querySelector<HTMLElement>('[role=grid]'))
})

/** Opens the second row's cell by key and writes in it. */
async function write(text: string): Promise<HTMLInputElement> {
  grid.focus()
  press(grid, 'ArrowDown')
  press(grid, 'F2')
  await settled()
  const field = found(grid.querySelector('input'))
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await settled()
  return field
}

it('a cell that is left by Escape keeps what it had', async () => {
  press(await write('9'), 'Escape')
  await settled()
  expect([written(), cell().textContent.trim()]).toEqual([[], '2'])
  expect(document.activeElement).toBe(grid)
})

it.each([
  ['Enter', (field: HTMLInputElement) => press(field, 'Enter')],
  ['another place', (field: HTMLInputElement) => field.blur()],
])('one that is left by %s is written once', async (_, leave) => {
  leave(await write('9'))
  await settled()
  expect(written()).toMatchObject([{ argument: { path: 'data.cells', value: [[1, 0, '9']] } }])
})
