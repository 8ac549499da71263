/** What is odd about a table but stops nothing. */
import { excerpt, type FaultRecord } from '../spec/index.ts'
import type { Column } from './column.ts'
import type { Target } from './table.ts'

/** From this share of one class on, accuracy says little. */
const lopsidedShare = 0.95

/**
 * `CSV-012` for columns that are the same everywhere, `CSV-031` for rows that both train and test, `CSV-032` where nearly
 * all rows are of one class.
 */
export function oddities(
  inputs: readonly Column[],
  targets: readonly Column[],
  target: Target,
  test: Uint32Array,
): readonly FaultRecord[] {
  const found: FaultRecord[] = []
  for (const { name, values } of inputs) {
    if (values.every((value) => value === values[0])) {
      found.push({ code: 'CSV-012', at: `column ${name}`, values: { column: excerpt(name) } })
    }
  }
  const twice = rowsInBoth([...inputs, ...targets], test)
  if (twice > 0) found.push({ code: 'CSV-031', values: { count: twice } })
  if (target.task === 'classes') found.push(...lopsided(target))
  return found
}

/** Test rows of which an equal one trains. */
function rowsInBoth(columns: readonly Column[], test: Uint32Array): number {
  const count = columns[0]?.values.length ?? 0
  const isTest = new Uint8Array(count)
  for (const row of test) isTest[row] = 1
  const textOf = (row: number): string => columns.map(({ values }) => values[row]).join('\u001f')
  const learned = new Set<string>()
  for (let row = 0; row < count; row++) if (isTest[row] === 0) learned.add(textOf(row))
  return test.filter((row) => learned.has(textOf(row))).length
}

function lopsided({ values, names }: Target): readonly FaultRecord[] {
  const counts = new Float64Array(names.length)
  for (let i = 0; i < values.length; i += 2) counts[values[i] ?? 0] = (counts[values[i] ?? 0] ?? 0) + 1
  const most = counts.indexOf(Math.max(...counts))
  const share = (counts[most] ?? 0) / (values.length / 2)
  if (share < lopsidedShare) return []
  return [{ code: 'CSV-032', values: { given: excerpt(names[most] ?? ''), percent: Math.round(share * 1000) / 10 } }]
}
