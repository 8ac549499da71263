/** `node scripts/tally.mjs FOLDER STATUS`: adds up the reports of a run and prints `N passed, N failed`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, status] = process.argv.slice(2)
const total = { passed: 0, failed: 0 }

function add(passed, failed) {
  total.passed += passed
  total.failed += failed
}

/** The last `N passed, N failed` that a text has, or its readers' lines: `csv  900 cases: …, 0 broken`. */
function addText(text) {
  const readers = [...text.matchAll(/ cases: .* (\d+) broken$/gm)].map((match) => match[1] === '0')
  add(readers.filter((isSound) => isSound).length, readers.filter((isSound) => !isSound).length)
  const last = [...text.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1)
  if (last !== undefined) add(Number(last[1]), Number(last[2]))
}

for (const name of readdirSync(folder)) {
  const text = readFileSync(join(folder, name), 'utf8')
  if (name.endsWith('.json')) {
    const { numPassedTests, numFailedTests } = JSON.parse(text)
    add(numPassedTests, numFailedTests)
  } else {
    addText(text)
  }
}
if (status !== '0' && total.failed === 0) total.failed = 1
console.log(`${total.passed} passed, ${total.failed} failed`)
if (total.passed === 0) process.exitCode = 1
