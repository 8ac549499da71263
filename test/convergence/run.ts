/** Prints the table of docs/convergence.md; exit 1 where a network ends above Playground's. */
import { epochs, measure, rows } from './rows.ts'

const written = (value: number): string => Number(value.toPrecision(2)).toString()
const pair = ([train, test]: readonly [number, number]): string => `${written(train)} / ${written(test)}`

console.log(`| train / test loss | ${epochs.map((epoch) => `epoch ${epoch}`).join(' | ')} |`)
console.log(`| --- |${' --- |'.repeat(epochs.length)}`)
for (const row of rows) {
  const from = performance.now()
  const found = measure(row)
  const seconds = ((performance.now() - from) / 1000).toFixed(2)
  console.log(`| ${row.name}: Playground | ${row.playground.map(pair).join(' | ')} |`)
  console.log(`| ${row.name}: Paramap | ${found.map(pair).join(' | ')} |`)
  console.error(`${row.name}: ten seeds in ${seconds} s`)
  if (!((found.at(-1)?.[1] ?? Number.NaN) <= (row.playground.at(-1)?.[1] ?? 0))) process.exitCode = 1
}
