/** Rows of a table that are alike in every column that is used. */
import type { Column } from './column.ts'

/** For each row the first one that is like it. */
export function firstAlike(columns: readonly Column[]): Uint32Array {
  const count = columns[0]?.values.length ?? 0
  const places = new Map<string, number>()
  return Uint32Array.from({ length: count }, (_, row) => {
    let text = ''
    for (const { values } of columns) text += `${values[row] ?? ''}\u001f`
    const first = places.get(text)
    if (first === undefined) places.set(text, row)
    return first ?? row
  })
}

/** How many test rows are like one that trains. */
export function alikeInBoth(alike: Uint32Array, train: Uint32Array, test: Uint32Array): number {
  const trains = new Uint8Array(alike.length)
  for (const row of train) trains[alike[row] ?? 0] = 1
  return test.filter((row) => trains[alike[row] ?? 0] === 1).length
}
