import { describe, expect, it } from 'vitest'
import { namedColumns } from '../../../src/core/data/coding.ts'
import { firstAlike } from '../../../src/core/data/duplicates.ts'
import { readCsv } from '../../../src/core/io/csv.ts'
import type { CellEdit, TableReading } from '../../../src/core/spec/index.ts'

function firsts(text: string, reading: TableReading = {}, edits: readonly CellEdit[] = []): readonly number[] {
  const table = readCsv(text, { header: false, ...reading })
  return [...firstAlike(namedColumns({ ...table, cells: table.cells.overwritten(edits) }, []))]
}

describe('rows', () => {
  it('are alike where every cell has the same text, however it is quoted', () => {
    expect(firsts('1,a\n1,b\n"1",a\n11,a\n1,"b"\n1,""\n1,\n')).toEqual([0, 1, 0, 3, 1, 5, 5])
    expect(firsts('"a""b",1\n"a""b",1\nab,1\n"a""""b",1\n')).toEqual([0, 0, 2, 3])
  })
  it('are alike where numbers are the same once they are written plainly', () => {
    const text = 'a;1,5\na;1.5\na;15\na;1.500\na;1500\n'
    expect(firsts(text, { decimal: ',' })).toEqual([0, 0, 2, 3, 4])
    expect(firsts(text, { decimal: ',', thousands: true })).toEqual([0, 0, 2, 3, 3])
  })
  it('are alike with what is written over them', () => {
    const edits = [
      [1, 0, 'say "so"'],
      [3, 1, '2'],
    ] as const
    expect(firsts('"say ""so""",1\nx,1\nx,1\nx,1\nx,2\n', {}, edits)).toEqual([0, 0, 2, 3, 3])
  })
  it('are told apart where there are very many', () => {
    const rows = Array.from({ length: 3000 }, (_, row) => `${row % 1000},${row % 3}`)
    const expected = rows.map((text) => rows.indexOf(text))
    expect(firsts(rows.join('\n'))).toEqual(expected)
  })
})
