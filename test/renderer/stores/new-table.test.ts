import { beforeEach, describe, expect, it } from 'vitest'
import type { TablePreview } from '../../../src/core/spec/index.ts'
import { useNewTable } from '../../../src/renderer/stores/new-table.ts'
import type { FixtureBridge } from '../fixture-bridge.ts'
import { freshPage } from '../set-up.ts'

const column = { name: 'p', kind: 'number', missing: 0, distinct: 2, mean: 0, deviation: 1 } as const
const other = { ...column, name: 'q' }
const preview = (content: string, rows: number): TablePreview => ({
  content,
  file: 'own.csv',
  reading: { separator: ',', header: true, decimal: '.', encoding: 'UTF-8' },
  rows,
  columns: [column, other],
  head: [['1', '2']],
  notices: [],
})
const file = new File([new Uint8Array(300 * 1024)], 'own.csv')
const trial = { train: 80, test: 20, inputs: 1, outputs: ['q'], notices: [] }
let bridge: FixtureBridge
/** Answers the pieces that are not the first, each when it is called. */
let answers: ((found: TablePreview) => void)[]

beforeEach(() => {
  bridge = freshPage()
  answers = []
  bridge.answer('table.try', () => trial)
  bridge.answer('table.send', ({ last }) =>
    last ? new Promise((resolve) => answers.push(resolve)) : Promise.resolve(preview('', 9)),
  )
})

/** Opens the file until its first rows are shown. */
async function openHead() {
  const table = useNewTable()
  const work = table.open(file)
  await expect.poll(() => table.preview).not.toBeNull()
  await expect.poll(() => answers).toHaveLength(1)
  return { table, work }
}

describe('a table that is opened', () => {
  it('is shown by its first rows while the others are on their way, and tried when all are there', async () => {
    const { table, work } = await openHead()
    expect(table.isHead).toBe(true)
    expect(table.busy).toBe(true)
    expect(bridge.calls.some(({ name }) => name === 'table.try')).toBe(false)
    answers[0]?.(preview('hash', 100))
    await work
    expect(table.isHead).toBe(false)
    expect(table.preview?.rows).toBe(100)
    expect(table.trial).toEqual(trial)
  })

  it('keeps what was chosen while it was on its way', async () => {
    const { table, work } = await openHead()
    await table.choose({ targets: ['p'], inputs: ['q'] })
    answers[0]?.(preview('hash', 100))
    await work
    const tried = bridge.calls.filter(({ name }) => name === 'table.try')
    expect(tried).toHaveLength(1)
    expect(tried[0]?.argument).toMatchObject({ recipe: { data: { content: 'hash', targets: ['p'], inputs: ['q'] } } })
  })

  it('is read another way once all of it is there', async () => {
    bridge.answer('table.read', () => preview('other', 101))
    const { table } = await openHead()
    const reading = table.read({ header: false })
    expect(bridge.calls.some(({ name }) => name === 'table.read')).toBe(false)
    answers[0]?.(preview('hash', 100))
    await reading
    expect(table.preview).toMatchObject({ content: 'other', rows: 101 })
    expect(table.busy).toBe(false)
  })

  it('does not come back when the dialog is opened anew', async () => {
    const { table, work } = await openHead()
    table.start()
    answers[0]?.(preview('hash', 100))
    await work
    expect(table.preview).toBeNull()
    expect(table.busy).toBe(false)
  })
})
