import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { acceptCoding, numbersOfTable } from '../../../src/core/data/coding.ts'
import type { Dataset } from '../../../src/core/data/dataset.ts'
import { acceptRecipe } from '../../../src/core/spec/index.ts'
import { codeOf, faultOf } from '../../support/fault.ts'

function build(csv: string, data: object = {}): Dataset {
  const source = { source: 'csv', path: 'a.csv', target: 'y', testShare: 0, standardize: false, ...data }
  return buildDataset(acceptRecipe({ format: 'paramap/1', data: source, network: [] }), { csv })
}

/** Rows of inputs with their targets, sorted: the order of the rows is random. */
function rowsOf(dataset: Dataset): string[] {
  const { count, inputs, targets } = dataset.train
  const width = targets.length / count
  return Array.from({ length: count }, (_, i) =>
    [
      ...inputs.subarray(i * dataset.inputWidth, (i + 1) * dataset.inputWidth),
      '->',
      ...targets.subarray(i * width, (i + 1) * width),
    ].join(' '),
  ).sort()
}

describe('a table', () => {
  it('has a class for each word of a target of words', () => {
    const dataset = build('a,b,y\n1,2,no\n3,4,yes\n')
    expect([dataset.task, dataset.outputNames, dataset.inputNames]).toEqual(['classes', ['no', 'yes'], ['a', 'b']])
    expect(rowsOf(dataset)).toEqual(['1 2 -> 0 1', '3 4 -> 1 1'])
  })
  it('has a class for each of a few whole numbers, in their order', () => {
    expect(build('a,y\n1,10\n2,9\n3,10\n').outputNames).toEqual(['9', '10'])
  })
  it('has a number to predict when the target has fractions or many values', () => {
    const dataset = build('a,y\n1,0.5\n2,1\n')
    expect([dataset.task, dataset.outputWidth, dataset.outputNames]).toEqual(['number', 1, ['y']])
    expect(rowsOf(dataset)).toEqual(['1 -> 0.5', '2 -> 1'])
    const many = Array.from({ length: 30 }, (_, i) => `${i},${i}`).join('\n')
    expect(build(`a,y\n${many}`).task).toBe('number')
  })
  it('has an input for each word of an input column of words', () => {
    const dataset = build('colour,y\nred,1.5\nblue,2\nred,3\n')
    expect(dataset.inputNames).toEqual(['colour=blue', 'colour=red'])
    expect(rowsOf(dataset)).toEqual(['0 1 -> 1.5', '0 1 -> 3', '1 0 -> 2'])
  })
  it('takes only the inputs named, in that order', () => {
    expect(build('a,b,c,y\n1,2,3,u\n4,5,6,v\n', { inputs: ['c', 'a'] }).inputNames).toEqual(['c', 'a'])
  })
  it('has training inputs of mean 0 and deviation 1 when standardised, the test by the same figures', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `${i * i},7,${i % 2}`).join('\n')
    const dataset = build(`a,b,y\n${lines}`, { standardize: true, testShare: 0.25 })
    const column = Array.from({ length: 30 }, (_, i) => dataset.train.inputs[2 * i] ?? 0)
    const mean = column.reduce((sum, x) => sum + x, 0) / 30
    // thirty numbers standardised and rounded to float32
    expect(mean).toBeCloseTo(0, 5)
    expect(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 30).toBeCloseTo(1, 5)
    expect(dataset.test.count).toBe(10)
    expect(dataset.warnings?.map((warning) => [warning.code, warning.at])).toEqual([['CSV-012', 'column b']])
    expect(dataset.train.inputs.every(Number.isFinite)).toBe(true)
    const again = dataset.inputsOf?.(`b,a\n${Array.from({ length: 40 }, (_, i) => `7,${i * i}`).join('\n')}`)
    const sorted = (values: Float32Array): number[] => [...values].sort((a, b) => a - b)
    expect(sorted(again ?? new Float32Array())).toEqual(
      sorted(Float32Array.from([...dataset.train.inputs, ...dataset.test.inputs])),
    )
  })
  it('renames a second column of one name', () => {
    const dataset = build('x,x,y\n1,2,u\n3,4,v\n')
    expect(dataset.inputNames).toEqual(['x', 'x (2)'])
    expect(dataset.warnings).toEqual([{ code: 'CSV-013', at: 'column 2', values: { column: 'x', renamed: 'x (2)' } }])
  })
  it('trains on one row at least', () => {
    expect(build('a,y\n1,u\n2,v\n', { testShare: 0.9 }).train.count).toBe(1)
  })
})

describe('a table that cannot be learned from', () => {
  const ids = Array.from({ length: 30 }, (_, i) => `${i},name${i}`).join('\n')
  const words = Array.from({ length: 300 }, (_, i) => `w${i},${i % 2}`).join('\n')
  const cases: readonly (readonly [fact: string, csv: string, data: object, code: string, at: string | undefined])[] = [
    ['has text in a column of numbers', 'height,y\n1,u\n2,v\ntall,u\n', {}, 'CSV-008', 'row 4, column height'],
    ['has separators between thousands', 'a,y\n"1,750",u\n2,v\n', {}, 'CSV-009', 'row 2, column a'],
    ['has empty cells', 'a,y\n1,u\n,v\nNA,v\n3,u\n', {}, 'CSV-010', 'row 3, column a'],
    ['has an empty target', 'a,y\n1,u\n2,\n', {}, 'CSV-010', 'row 3, column y'],
    ['has 1e400', 'a,y\n1e400,u\n2,v\n', {}, 'CSV-011', 'row 2, column a'],
    ['has NaN', 'a,y\n1,u\nnan,v\n', {}, 'CSV-011', 'row 3, column a'],
    ['has Infinity in its target', 'a,y\n1,0.5\n2,-inf\n', {}, 'CSV-011', 'row 3, column y'],
    ['has no such target', 'a,label\n1,u\n2,v\n', { target: 'lable' }, 'CSV-014', 'data.target'],
    ['has one class', 'a,y\n1,cat\n2,cat\n', {}, 'CSV-015', undefined],
    ['has too many classes', `a,y\n${ids}`, {}, 'CSV-016', undefined],
    ['has no such input', 'a,y\n1,u\n2,v\n', { inputs: ['b'] }, 'CSV-017', 'data.inputs.0'],
    ['has its target among the inputs', 'a,y\n1,u\n2,v\n', { inputs: ['a', 'y'] }, 'CSV-018', 'data.inputs'],
    ['has no input', 'y\nu\nv\n', {}, 'CSV-019', 'data.inputs'],
    ['has one row', 'a,y\n1,0.5\n', {}, 'CSV-026', undefined],
    ['has too many words', `a,y\n${words}`, {}, 'CSV-027', undefined],
  ]
  it.each(cases)('%s', (_, csv, data, code, at) => {
    const fault = faultOf(() => build(csv, data))
    expect([fault.code, fault.at]).toEqual([code, at])
  })
  it('counts its empty cells', () => {
    expect(faultOf(() => build('a,y\n1,u\n,v\nNA,v\n3,u\n')).values).toMatchObject({ count: 2, row: 3 })
  })
  it('was not given', () => {
    const recipe = { format: 'paramap/1', data: { source: 'csv', path: 'a.csv', target: 'y' }, network: [] }
    expect(codeOf(() => buildDataset(acceptRecipe(recipe)))).toBe('FILE-001')
  })
})

describe('a number to predict', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `${i},${100_000 + 250.5 * i * i}`).join('\n')

  it('is learned with mean 0 and deviation 1 of the training rows, and comes back as it stands in the table', () => {
    const dataset = build(`a,y\n${lines}`, { standardize: true, testShare: 0.25 })
    const { targets, count } = dataset.train
    const mean = targets.reduce((sum, y) => sum + y, 0) / count
    expect(mean).toBeCloseTo(0, 6)
    expect(targets.reduce((sum, y) => sum + (y - mean) ** 2, 0) / count).toBeCloseTo(1, 6)
    const back = [...targets, ...dataset.test.targets].map((y) => numbersOfTable([y], dataset.coding)[0] ?? 0)
    const ratios = back.sort((a, b) => a - b).map((y, i) => y / (100_000 + 250.5 * i * i))
    for (const ratio of ratios) expect(ratio).toBeCloseTo(1, 6)
  })
  it('stays as it is when nothing is standardised', () => {
    const dataset = build('a,y\n1,0.5\n2,8\n3,9\n')
    expect(dataset.coding?.targets).toBeUndefined()
    expect(numbersOfTable([0.5], dataset.coding)).toEqual([0.5])
  })
  it('that is the same everywhere is 0, not a division by 0', () => {
    const dataset = build('a,y\n1,2.5\n2,2.5\n', { standardize: true })
    expect([...dataset.train.targets]).toEqual([0, 0])
    expect(numbersOfTable([0], dataset.coding)).toEqual([2.5])
  })
  it('keeps its scale in the model file; a wrong one is refused', () => {
    const { coding } = build(`a,y\n${lines}`, { standardize: true })
    expect(acceptCoding(JSON.parse(JSON.stringify(coding)))).toEqual(coding)
    for (const scale of [
      null,
      {},
      { mean: 1 },
      { mean: 0, deviation: 0 },
      { mean: 0, deviation: -1 },
      { mean: '0', deviation: 1 },
    ]) {
      expect(codeOf(() => acceptCoding({ ...coding, targets: [scale] }))).toBe('MODEL-009')
    }
    expect(codeOf(() => acceptCoding({ ...coding, task: 'classes' }))).toBe('MODEL-009')
  })
})
