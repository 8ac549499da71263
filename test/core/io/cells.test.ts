import { describe, expect, it } from 'vitest'
import { Stream } from '../../../src/core/data/random.ts'
import type { Cells } from '../../../src/core/io/cells.ts'
import { readCsv } from '../../../src/core/io/csv.ts'
import { separators, type TableReading } from '../../../src/core/spec/index.ts'

const cellsOf = (text: string, reading: TableReading = {}): Cells => readCsv(text, reading).cells
const numbersOf = (cells: Cells): readonly number[] =>
  Array.from({ length: cells.count }, (_, row) => cells.number(row, 0))

describe('cells', () => {
  it('are what stands between separators, without their quotes and with one for two', () => {
    const cells = cellsOf('a,b,c\n"x,y",,"say ""so"""\n"",""""," \n"')
    expect([cells.width, cells.count]).toEqual([3, 2])
    expect(cells.row(0)).toEqual(['x,y', '', 'say "so"'])
    expect(cells.row(1)).toEqual(['', '"', ' \n'])
    expect(cells.cell(0, 2)).toBe('say "so"')
  })
  it.each(['\n', '\r\n', '\r'])('end with a line end %j, which blank lines have too', (end) => {
    const cells = cellsOf(['a,b', '', '1,2', '', '""', '3,4', ''].join(end))
    expect(cells.texts()).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    expect([cells.rowNumber(0), cells.rowNumber(1)]).toEqual([3, 6])
  })
  it('are those of the rows that can be read where others may be left out', () => {
    const { cells, skipped } = readCsv('a,b\n1,2\n3\n4"x,5\n6,"7"\n8,9,10\n11,"12', { skip: true })
    expect(cells.texts()).toEqual([
      ['1', '2'],
      ['6', '7'],
    ])
    expect(skipped).toEqual([3, 4, 6, 7])
    expect([cells.rowNumber(1), cells.findRow(5), cells.findRow(4)]).toEqual([5, 1, -1])
  })
  it('have a point before fractions and nothing between thousands, wherever there are numbers', () => {
    const cells = cellsOf('a;b\n1,5;x,y\n-2,25;1,\n"3,5";1.5\n', { decimal: ',' })
    expect(cells.texts()).toEqual([
      ['1.5', 'x,y'],
      ['-2.25', '1,'],
      ['3.5', '1.5'],
    ])
    expect(numbersOf(cells)).toEqual([1.5, -2.25, 3.5])
    const grouped = cellsOf('a;b\n1.750;1.750,5\n2.5;12\n', { decimal: ',', thousands: true })
    expect(grouped.texts()).toEqual([
      ['1750', '1750.5'],
      ['2.5', '12'],
    ])
    // A point may stand between thousands: one look does not tell.
    expect(numbersOf(grouped)).toEqual([Number.NaN, Number.NaN])
  })
  it('are written over without those of other views, their text as it is', () => {
    const cells = cellsOf('a;b\n1,5;"x"\n2,5;y\n', { decimal: ',' })
    const edited = cells.overwritten([
      [0, 0, '7,5'],
      [1, 1, '"'],
      [1, 1, 'say "so"'],
    ])
    expect(edited.texts()).toEqual([
      ['7,5', 'x'],
      ['2.5', 'say "so"'],
    ])
    expect(edited.only(Uint32Array.of(1, 0)).texts()).toEqual([
      ['2.5', 'say "so"'],
      ['7,5', 'x'],
    ])
    expect(
      edited
        .from(1)
        .overwritten([[0, 0, 'z']])
        .texts(),
    ).toEqual([['z', 'say "so"']])
    expect([edited.number(0, 0), edited.firstCode(1, 1)]).toEqual([Number.NaN, 's'.charCodeAt(0)])
    expect(cells.texts()).toEqual([
      ['1.5', 'x'],
      ['2.5', 'y'],
    ])
  })
  it('may hold letters of every language', () => {
    const cells = cellsOf('도시,값\n서울,1\n"부""산",-2.5\n😀,\n')
    expect(cells.texts()).toEqual([
      ['서울', '1'],
      ['부"산', '-2.5'],
      ['😀', ''],
    ])
    expect([cells.number(1, 1), cells.firstCode(0, 0), cells.firstCode(2, 1)]).toEqual([-2.5, '서'.charCodeAt(0), 0])
  })
  it('may be many more than there is room for at first', () => {
    const rows = Array.from({ length: 5000 }, (_, row) => [String(row), `"${row % 7}"`, `${row / 8}`])
    const cells = cellsOf(`a,b,c\n${rows.map((row) => row.join(',')).join('\n')}`)
    expect(cells.texts()).toEqual(rows.map(([a, b, c]) => [a, b?.slice(1, -1), c]))
    expect(cells.texts(4998, 6000)).toEqual(cells.texts().slice(4998))
  })
})

describe('a table of random cells', () => {
  const values = [
    '',
    '1',
    '-2.5',
    'x',
    ' y ',
    '서울',
    'a,b',
    'a;b',
    'a\tb',
    'a|b',
    '"',
    '""',
    'say "so"',
    'a\nb',
    'a\r\nb',
  ]
  it.each([...separators])('is read as it was written with %j', (separator) => {
    const random = new Stream(separator.charCodeAt(0), 'data')
    const pick = <Value>(list: readonly Value[]): Value | undefined => list[random.below(list.length)]
    const written = (value: string): string =>
      /[",;\t|\r\n]/.test(value) || random.below(4) === 0 ? `"${value.replaceAll('"', '""')}"` : value
    for (let n = 0; n < 200; n++) {
      const width = 2 + random.below(4)
      const rows = Array.from({ length: 1 + random.below(12) }, () =>
        Array.from({ length: width }, () => pick(values) ?? ''),
      )
      const end = pick(['\n', '\r\n', '\r'])
      const text = rows.map((row) => row.map(written).join(separator) + end).join('')
      expect(cellsOf(text, { separator, header: false, decimal: '.' }).texts()).toEqual(rows)
    }
  })
})
