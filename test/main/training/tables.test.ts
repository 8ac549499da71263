import { describe, expect, it } from 'vitest'
import { readModel, writeModel } from '../../../src/core/io/model.ts'
import { acceptRecipe, digitsRecipe, irisRecipe, penguinsRecipe } from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { datasetOf } from '../../../src/main/training/drawn.ts'
import { keepTableOf, receiveTable, sheetRows } from '../../../src/main/training/tables.ts'
import { kernels } from '../support/kernels.ts'

const lines = Array.from({ length: 50 }, (_, i) => `${i},${(i * 7) % 11},${i % 3 === 0 ? 'a' : 'b'}`)
const bytes = Buffer.from(`p,q,kind\n${lines.join('\n')}\n`)

function open(name: string, content: Buffer) {
  const half = Math.floor(content.length / 2)
  expect(receiveTable(name, 'own.csv', content.subarray(0, half).toString('base64'), false)).toBeNull()
  const preview = receiveTable(name, 'own.csv', content.subarray(half).toString('base64'), true)
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
  it('is shown row by row with what each row is for', () => {
    const { content } = open('second', bytes)
    const recipe = acceptRecipe({ ...irisRecipe, data: { source: 'table', file: 'own.csv', content } })
    const session = Session.create(recipe, datasetOf(recipe), kernels)
    const { header, total, rows } = sheetRows(session, 48, 10)
    expect([header, total, rows.length]).toEqual([['p', 'q', 'kind'], 50, 2])
    expect(rows[1]?.cells).toEqual(['49', '2', 'b'])
    const parts = sheetRows(session, 0, 50).rows.map(({ part }) => part)
    expect([parts.filter((part) => part === 'test').length, parts.includes('left')]).toEqual([10, false])
    session.dispose()
  })
})
