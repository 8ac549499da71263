import { describe, expect, it } from 'vitest'
import { readModel, writeModel } from '../../../src/core/io/model.ts'
import { acceptRecipe, digitsRecipe, irisRecipe, penguinsRecipe } from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { datasetOf, tryTable } from '../../../src/main/training/drawn.ts'
import { keepTableOf, readTable, receiveTable, sheetRows } from '../../../src/main/training/tables.ts'
import { kernels } from '../support/kernels.ts'

const lines = Array.from({ length: 50 }, (_, i) => `${i},${(i * 7) % 11},${i % 3 === 0 ? 'a' : 'b'}`)
const bytes = Buffer.from(`p,q,kind\n${lines.join('\n')}\n`)

function open(name: string, content: Buffer) {
  const half = Math.floor(content.length / 2)
  const send = (piece: Buffer, last: boolean) => receiveTable({ upload: name, file: 'own.csv', bytes: piece, last })
  expect(send(content.subarray(0, half), false)?.content ?? '').toBe('')
  const preview = send(content.subarray(half), true)
  if (preview === null) throw new Error('no preview')
  return preview
}

describe('bundled data', () => {
  it.each([
    ['iris', irisRecipe, [4, 3, 150]],
    ['penguins', penguinsRecipe, [9, 3, 333]],
    ['digits', digitsRecipe, [784, 10, 2000]],
  ] as const)('can be trained from the page: %s', (_name, recipe, [inputs, outputs, count]) => {
    const { inputWidth, outputWidth, train, test } = datasetOf(acceptRecipe(recipe))
    expect([inputWidth, outputWidth, train.count + test.count]).toEqual([inputs, outputs, count])
  })
})

describe('an own table', () => {
  it('is read in pieces and goes on bit for bit from its model file', () => {
    const { content, rows } = open('first', bytes)
    expect(rows).toBe(50)
    const recipe = acceptRecipe({ ...irisRecipe, data: { source: 'table', file: 'own.csv', content } })
    const session = Session.create(recipe, datasetOf(recipe), kernels)
    for (let i = 0; i < 5; i++) session.train(1)
    const file = writeModel(session.snapshot())
    for (let i = 0; i < 7; i++) session.train(1)
    // Eight other tables take the place of this one: only the file knows it now.
    for (let i = 0; i < 8; i++) open(`other ${i}`, Buffer.from(`a,y\n${i},u\n2,v\n`))
    expect(() => datasetOf(recipe)).toThrow(expect.objectContaining({ code: 'SHELL-004' }))
    const state = readModel(file)
    keepTableOf(state)
    const again = Session.restore(state, datasetOf(state.recipe), kernels)
    for (let i = 0; i < 7; i++) again.train(1)
    expect([...again.readParameters()]).toEqual([...session.readParameters()])
    session.dispose()
    again.dispose()
  })
  it('shows its first rows with the first of several pieces, and nothing of a line that is cut', () => {
    const send = (piece: string, last: boolean) =>
      receiveTable({ upload: 'head', file: 'own.csv', bytes: Buffer.from(piece), last })
    const head = send('p;kind\n1,5;a\n2,5;b\n3', false)
    expect(head).toMatchObject({
      content: '',
      rows: 2,
      head: [
        ['1.5', 'a'],
        ['2.5', 'b'],
      ],
    })
    expect(head?.reading).toMatchObject({ separator: ';', decimal: ',', header: true, encoding: 'UTF-8' })
    expect(send(',5;a\n4,5;b\n', false)).toBeNull()
    expect(send('5,5;a\n', true)).toMatchObject({ rows: 5, content: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })
  it('has no first rows where they cannot be read by themselves', () => {
    const send = (piece: string, last: boolean) =>
      receiveTable({ upload: 'none', file: 'own.csv', bytes: Buffer.from(piece), last })
    expect(send('a,b\n1,"x', false)).toBeNull()
    expect(send('\ny"\n2,z\n', true)?.head).toEqual([
      ['1', 'x\ny'],
      ['2', 'z'],
    ])
  })
  it('is shown row by row with what each row is for', () => {
    const { content } = open('second', bytes)
    const recipe = acceptRecipe({ ...irisRecipe, data: { source: 'table', file: 'own.csv', content } })
    const session = Session.create(recipe, datasetOf(recipe), kernels)
    const { header, total, rows, columns } = sheetRows(session, 48, 10)
    expect([header, total, rows.length]).toEqual([['p', 'q', 'kind'], 50, 2])
    expect(rows[1]?.cells).toEqual(['49', '2', 'b'])
    const [p] = session.dataset.coding?.inputs ?? []
    expect(columns[0]).toMatchObject({ name: 'p', kind: 'number', missing: 0, distinct: 50 })
    expect(p).toMatchObject({ mean: columns[0]?.mean, deviation: columns[0]?.deviation })
    const parts = sheetRows(session, 0, 50).rows.map(({ part }) => part)
    expect([parts.filter((part) => part === 'test').length, parts.includes('left')]).toEqual([10, false])
    session.dispose()
  })
  it('is read another way from the bytes that came, and tried before it is used', () => {
    open('third', Buffer.from('1;2;u\n3;4;v\n5;x;u\n7;8;v\n'))
    expect(readTable('third', {}).reading).toEqual({
      encoding: 'UTF-8',
      separator: ';',
      header: false,
      decimal: '.',
    })
    expect(readTable('third', { header: true }).columns.map(({ name }) => name)).toEqual(['1', '2', 'u'])
    expect(readTable('third', { separator: ',' }).columns.map(({ name }) => name)).toHaveLength(1)
    const { content, reading } = readTable('third', {})
    const data = { source: 'table', file: 'own.csv', content, reading }
    expect(tryTable({ ...irisRecipe, data })).toEqual({
      fault: expect.objectContaining({ code: 'CSV-008', at: 'row 3, column column 2' }),
      cell: [2, 1, 'x'],
    })
    const mended = { ...data, cells: [[2, 1, '6']] }
    expect(tryTable({ ...irisRecipe, data: mended })).toMatchObject({ train: 3, test: 1, inputs: 2 })
    const skipping = { ...data, reading: readTable('third', { skip: true }).reading }
    expect(tryTable({ ...irisRecipe, data: skipping })).toMatchObject({ train: 2, test: 1 })
    expect(() => readTable('second', {})).toThrow(expect.objectContaining({ code: 'FILE-001' }))
  })
  it('that is too large is used by its first rows, whole ones alone', () => {
    const content = Buffer.from('a,y\n1,u\n2,v\n3,"u\nv"\n4,half')
    const send = (rows: number) => receiveTable({ upload: 'cut', file: 'own.csv', bytes: content, last: true, rows })
    expect(send(2)).toMatchObject({
      rows: 2,
      reading: { rows: 2 },
      head: [
        ['1', 'u'],
        ['2', 'v'],
      ],
    })
    expect(send(100)).toMatchObject({ rows: 3, reading: { rows: 3 }, notices: [{ code: 'CSV-042' }] })
  })
})
