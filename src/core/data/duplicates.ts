/** Rows of a table that are alike in every column that is used. */
import type { Column } from './column.ts'

/** For each row the first one that is like it. */
export function firstAlike(columns: readonly Column[]): Uint32Array {
  const count = columns[0]?.cells.count ?? 0
  const firstOf = kindsOf(columns, count)
  return new Uint32Array(count).map((_, row) => firstOf(row))
}

/** Tells for one row after another the first that was asked for and is like it, `most` different ones in all. */
export function kindsOf(columns: readonly Column[], most: number): (row: number) => number {
  // A table of hashes, at most half full: the row at each place from 1, 0 for none.
  const size = 2 ** Math.ceil(Math.log2(2 * most + 1))
  const rows = new Uint32Array(size)
  return (row) => {
    let hash = 0
    for (const { cells, place } of columns) hash = cells.hash(row, place, hash)
    for (let at = hash & (size - 1); ; at = (at + 1) & (size - 1)) {
      const first = (rows[at] ?? 0) - 1
      if (first >= 0 && !columns.every(({ cells, place }) => cells.isSame(place, row, first))) continue
      if (first < 0) rows[at] = row + 1
      return first < 0 ? row : first
    }
  }
}

/** How many test rows are like one that trains. */
export function alikeInBoth(alike: Uint32Array, train: Uint32Array, test: Uint32Array): number {
  const trains = new Uint8Array(alike.length)
  for (const row of train) trains[alike[row] ?? 0] = 1
  return test.filter((row) => trains[alike[row] ?? 0] === 1).length
}
