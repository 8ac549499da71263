import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { acceptCoding, numbersOfTable } from '../../../src/core/data/coding.ts'
import { previewTable } from '../../../src/core/data/preview.ts'
import { readAnyText } from '../../../src/core/io/text.ts'
import { acceptRecipe, Fault } from '../../../src/core/spec/index.ts'
import { readRows } from '../../support/read-rows.ts'

function build(csv: string, data: Record<string, unknown> = {}) {
  const recipe = acceptRecipe({
    format: 'paramap/1',
    data: { source: 'table', file: 'own.csv', testShare: 0, standardize: false, ...data },
    network: [],
  })
  return buildDataset(recipe, { table: csv })
}
function codeOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  throw new Error('nothing was thrown')
}

const gaps = 'size,colour,y\n1,red,a\n,red,b\n3,,a\n5,blue,b\n9,blue,\n'

describe('empty cells', () => {
  it('leave their rows out, and how many is said', () => {
    const dataset = build(gaps)
    expect(dataset.train.count).toBe(2)
    expect(dataset.warnings).toContainEqual({ code: 'CSV-028', values: { count: 3 } })
    expect([...(dataset.sheet?.parts ?? [])]).toEqual([1, 0, 0, 1, 0])
  })
  it('become the mean of the training rows, or a word of their own', () => {
    const dataset = build(gaps, { missing: 'mean' })
    expect(dataset.inputNames).toEqual(['size', 'colour=?', 'colour=blue', 'colour=red'])
    expect([...dataset.train.inputs].filter((_, i) => i % 4 === 0).sort()).toEqual([1, 3, 3, 5])
  })
  it('have an input of their own when they are to be learned from', () => {
    const dataset = build(gaps, { missing: 'category' })
    expect(dataset.inputNames.slice(0, 2)).toEqual(['size', 'size=?'])
    expect([...dataset.train.inputs].filter((_, i) => i % 5 === 1).reduce((sum, value) => sum + value, 0)).toBe(1)
    const coding = dataset.coding
    expect(acceptCoding(JSON.parse(JSON.stringify(coding)))).toEqual(coding)
    expect([...(dataset.inputsOf?.('size,colour\n,red\n') ?? [])]).toEqual([3, 1, 0, 0, 1])
  })
})

describe('rows that repeat', () => {
  const repeated = `a,y\n${Array.from({ length: 60 }, (_, i) => `${i % 20},${i % 2}`).join('\n')}\n`
  it('are on both sides as they come, which is said', () => {
    const { warnings, sheet } = build(repeated, { testShare: 0.3 })
    expect(warnings).toContainEqual({ code: 'CSV-031', values: { count: 18 } })
    expect(sheet?.parts.filter((part) => part === 2)).toHaveLength(18)
  })
  it('are kept on one side', () => {
    const { warnings, sheet } = build(repeated, { testShare: 0.3, duplicates: 'together' })
    expect(warnings).toEqual([])
    const parts = sheet?.parts ?? []
    expect(parts.filter((part) => part === 2)).toHaveLength(18)
    for (let row = 20; row < 60; row++) expect(parts[row]).toBe(parts[row % 20])
  })
  it('are left out but for the first, and how many is said', () => {
    const { warnings, sheet, train } = build(repeated, { testShare: 0, duplicates: 'drop' })
    expect([warnings, train.count]).toEqual([[{ code: 'CSV-039', values: { count: 40 } }], 20])
    expect(sheet?.parts.slice(20).every((part) => part === 0)).toBe(true)
  })
  it('change nothing where there are none', () => {
    const once = `a,y\n${Array.from({ length: 60 }, (_, i) => `${i},${i % 2}`).join('\n')}\n`
    const parts = (duplicates: string) => build(once, { testShare: 0.3, duplicates }).sheet?.parts
    expect(parts('together')).toEqual(parts('keep'))
  })
})

describe('columns', () => {
  it('are predicted together where they hold numbers', () => {
    const dataset = build('a,p,q\n1,0.5,10.25\n2,1.5,20.25\n3,2.5,30.25\n', { targets: ['p', 'q'], standardize: true })
    expect([dataset.task, dataset.outputNames, dataset.outputWidth]).toEqual(['number', ['p', 'q'], 2])
    expect(numbersOfTable([0, 0], dataset.coding).map((value) => Math.round(value * 100) / 100)).toEqual([1.5, 20.25])
    expect(codeOf(() => build('a,p,q\n1,2,x\n2,3,y\n', { targets: ['p', 'q'] }))).toBe('CSV-030')
  })
  it('are learned from as chosen', () => {
    expect(build('a,b,y\n1,2,u\n3,4,v\n', { inputs: ['b'] }).inputNames).toEqual(['b'])
    expect(codeOf(() => build('a,b,y\n1,2,u\n3,4,v\n', { inputs: ['y'] }))).toBe('CSV-018')
  })
})

describe('cells', () => {
  it('are written over by the recipe', () => {
    const dataset = build('a,y\n1,u\n2,v\n', { cells: [[0, 0, '7']] })
    expect(dataset.sheet?.cells.texts()).toEqual([
      ['7', 'u'],
      ['2', 'v'],
    ])
    expect(codeOf(() => build('a,y\n1,u\n2,v\n', { cells: [[2, 0, '7']] }))).toBe('CSV-029')
  })
})

describe('oddities', () => {
  it('tell of rows on both sides of the split and of one class nearly everywhere', () => {
    const csv = `a,b,y\n${Array.from({ length: 40 }, (_, i) => `1,1,${i === 0 ? 'u' : 'v'}`).join('\n')}\n`
    const codes = build(csv, { testShare: 0.5 }).warnings?.map(({ code }) => code)
    expect(codes).toEqual(['CSV-012', 'CSV-012', 'CSV-031', 'CSV-032'])
  })
})

describe('a draw', () => {
  it('is other data for another number, and the seed for 0', () => {
    const points = (draw: number) => {
      const data = { source: 'points', shape: 'xor', samples: 20, draw }
      return [...buildDataset(acceptRecipe({ format: 'paramap/1', seed: 5, data, network: [] })).trainPoints]
    }
    expect(points(0)).toEqual(points(0))
    expect(points(1)).not.toEqual(points(0))
  })
})

describe('the text of a table', () => {
  const text = '길이;b\n1,5;2\n'
  const little = Uint8Array.from(Buffer.from(text, 'utf16le'))
  const big = Uint8Array.from(little, (_, i) => little[i ^ 1] ?? 0)
  const cp949 = Uint8Array.from([0xb1, 0xe6, 0xc0, 0xcc, ...Buffer.from(';b\n1,5;2\n')])
  it.each([
    ['UTF-8', Uint8Array.from(Buffer.from(text))],
    ['UTF-8', Uint8Array.from(Buffer.from(`\ufeff${text}`))],
    ['UTF-16LE', Uint8Array.from([0xff, 0xfe, ...little])],
    ['UTF-16BE', Uint8Array.from([0xfe, 0xff, ...big])],
    ['UTF-16LE', little],
    ['UTF-16BE', big],
    ['EUC-KR', cp949],
  ])('is read as %s', (encoding, bytes) => {
    const read = readAnyText(bytes)
    expect(read.encoding).toBe(encoding)
    expect(readRows(read.text)).toMatchObject({
      header: ['길이', 'b'],
      rows: [['1.5', '2']],
      separator: ';',
      decimal: ',',
    })
  })
  it('keeps points where a comma may stand between thousands', () => {
    expect(readRows('a;b\n1,750;2\n').rows).toEqual([['1,750', '2']])
    expect(readRows('a|b\n1.5|2\n')).toMatchObject({ separator: '|', decimal: '.' })
  })
})

describe('a preview', () => {
  it('tells what is in every column', () => {
    const { rows, columns, head } = previewTable(gaps)
    expect(rows).toBe(5)
    expect(columns).toMatchObject([
      { name: 'size', kind: 'number', missing: 1, distinct: 4, mean: 4.5 },
      { name: 'colour', kind: 'words', missing: 1, distinct: 2, mean: null },
      { name: 'y', kind: 'words', missing: 1, distinct: 2 },
    ])
    expect(head[0]).toEqual(['1', 'red', 'a'])
  })
})
