import { describe, expect, it } from 'vitest'
import { firstRows } from '../../../src/core/io/csv.ts'
import { readText } from '../../../src/core/io/text.ts'
import { codeOf, faultOf } from '../../support/fault.ts'
import { readRows } from '../../support/read-rows.ts'

describe('a table', () => {
  it('has a header and rows', () => {
    expect(readRows('a,b\n1,2\n3,4')).toEqual({
      header: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      rowNumbers: [2, 3],
      separator: ',',
      decimal: '.',
      skipped: [],
    })
  })
  it.each([',', ';', '\t'])('has its separator %j found', (separator) => {
    const table = readRows(`a${separator}"b,;\t,;\t"\n1${separator}2`)
    expect([table.separator, table.rows]).toEqual([separator, [['1', '2']]])
  })
  it('may have quotes with separators, quotes and line ends in them', () => {
    expect(readRows('a,b\r\n"x,""y""\r\nz",""\r\n').rows).toEqual([['x,"y"\r\nz', '']])
  })
  it('may begin with a byte order mark and have blank lines, which count as rows', () => {
    expect(readRows('\ufeffa\n\n1\r2\r\n')).toMatchObject({ header: ['a'], rows: [['1'], ['2']], rowNumbers: [3, 4] })
  })
  it('keeps empty values', () => {
    expect(readRows('a,b,c\n,,\n').rows).toEqual([['', '', '']])
  })
})

describe('a file that is no table', () => {
  const cases: readonly (readonly [fact: string, csv: string, code: string, at: string | undefined])[] = [
    ['is empty', '', 'CSV-001', undefined],
    ['is blank', '\ufeff \n\n', 'CSV-001', undefined],
    ['has a header only', 'a,b\n', 'CSV-002', undefined],
    ['has a row too long', 'a,b\n1,2\n1,2,3\n', 'CSV-005', 'row 3'],
    ['has a row too short', 'a,b\n1\n', 'CSV-005', 'row 2'],
    ['has a quote that never closes', 'a,b\n1,"2\n3,4\n', 'CSV-006', 'row 2'],
    ['has text behind a quote', 'a,b\n"1"x,2\n', 'CSV-007', 'row 2'],
    ['has a quote inside a value', 'a,b\n1"x,2\n', 'CSV-007', 'row 2'],
    ['has NUL in it', 'a,b\n1,\0\n', 'CSV-021', undefined],
    ['has too many columns', `${','.repeat(10_000)}\n1`, 'CSV-022', 'row 1'],
    ['has a huge value', `a\n${'x'.repeat(2 ** 20 + 1)}`, 'CSV-024', 'row 2'],
  ]
  it.each(cases)('%s', (_, csv, code, at) => {
    const fault = faultOf(() => readRows(csv))
    expect([fault.code, fault.at]).toEqual([code, at])
  })
})

describe('a table that is read as it is told', () => {
  it('has another separator, no header, or decimal commas with points between thousands', () => {
    expect(readRows('a;b,c\n1;2,3\n', { separator: ';' })).toMatchObject({ header: ['a', 'b,c'], decimal: ',' })
    expect(readRows('1,2\n3,4\n', { header: false })).toMatchObject({
      header: ['column 1', 'column 2'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      rowNumbers: [1, 2],
    })
    expect(readRows('a;b\n1.750,5;2\n', { decimal: ',', thousands: true }).rows).toEqual([['1750.5', '2']])
    expect(readRows('a;b\n1,750;-2,000.5\n', { thousands: true }).rows).toEqual([['1750', '-2000.5']])
  })
  it('is told apart by what does not stand within numbers', () => {
    expect(readRows('1,5;2,5;3,5\n4,5;5,5;6,5\n').separator).toBe(';')
    expect(readRows('1,2,3\n4,5,6\n').separator).toBe(',')
  })
  it('leaves out the rows that cannot be read, and names them', () => {
    const text = 'a,b\n1,2\n3\n4"x,5\n6,7\n8,"9\n'
    expect(readRows(text, { skip: true })).toMatchObject({ skipped: [3, 4, 6], rowNumbers: [2, 5] })
  })
  it('is the beginning of a longer one', () => {
    expect(firstRows('a\n1\n2\n3', 2)).toEqual({ text: 'a\n1\n2\n', rows: 2 })
    expect(firstRows('a\r1\r"2\r"\r3', 2)).toEqual({ text: 'a\r1\r"2\r"\r', rows: 2 })
    expect(firstRows('a\n1\n2', 5)).toEqual({ text: 'a\n1\n2', rows: 2 })
    expect(firstRows('a\n1\n2', 5, true)).toEqual({ text: 'a\n1\n', rows: 1 })
  })
})

describe('bytes of a text', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  it('are read as UTF-8 or as UTF-16 with its mark', () => {
    expect(readText(bytes('가,나'))).toBe('가,나')
    expect(readText(Uint8Array.from([0xff, 0xfe, 0x00, 0xac]))).toBe('가')
    expect(readText(Uint8Array.from([0xfe, 0xff, 0xac, 0x00]))).toBe('가')
  })
  it('are refused in CP949', () => {
    expect(codeOf(() => readText(Uint8Array.from([0xb0, 0xa1, 0x2c, 0xb3, 0xaa])))).toBe('CSV-003')
  })
  it('are named when they are a picture', () => {
    const fault = faultOf(() => readText(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])))
    expect([fault.code, fault.values]).toEqual(['CSV-025', { kind: 'PNG' }])
  })
})
