/**
 * `npm run measure:training`: the recipes of examples/recipes, trained by the built command line on bundled data, and
 * whether each reaches its goal. Ends with 1 when one does not.
 *
 * `--only NAME` for the cases whose names contain NAME, `--threads N` (2), `--json` for one line of JSON a case.
 */
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { fail, requireNode, root, say } from './tools.mjs'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    threads: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
})
const splits = 10

/** What the command line says at the end of a training, and how long the whole command took. */
function train(recipe, words = []) {
  const begin = performance.now()
  const path = join(root, 'examples/recipes', `${recipe}.json`)
  const command = ['out/cli/paramap.js', 'train', path, '--json', '--threads', options.threads, ...words]
  const output = execFileSync(requireNode(), command, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 })
  const done = JSON.parse(output.trim().split('\n').at(-1))
  return { ...done, commandSeconds: (performance.now() - begin) / 1000 }
}

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 0 ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[Math.floor(middle)]
}

/** The test accuracy over several seeds, each with its own split and its own start. */
function accuracyOfSplits(recipe, least) {
  const runs = Array.from({ length: splits }, (_, i) => train(recipe, ['--seed', String(i + 1)]))
  const figure = median(runs.map((run) => run.testAccuracy))
  const seconds = runs.reduce((sum, run) => sum + run.commandSeconds, 0)
  const isReached = figure >= least
  return {
    figure: `${figure.toFixed(3)} median of ${splits}`,
    goal: `>= ${least}`,
    seconds,
    isReached,
    ...shared(runs[0]),
  }
}

function accuracy(recipe, least, longest) {
  const run = train(recipe)
  const { testAccuracy: figure, commandSeconds: seconds } = run
  const isReached = figure >= least && seconds <= longest
  return { figure: figure.toFixed(4), goal: `>= ${least} in ${longest} s`, seconds, isReached, ...shared(run) }
}

/** Both in nats a token, on the same tokens. */
function belowTrigram(recipe) {
  const run = train(recipe)
  const { testLoss, trigramLoss, commandSeconds: seconds } = run
  const goal = `< ${trigramLoss.toFixed(3)} (3-gram)`
  return { figure: `${testLoss.toFixed(3)} nats`, goal, seconds, isReached: testLoss < trigramLoss, ...shared(run) }
}

const shared = ({ parameters, step }) => ({ parameters, steps: step })

const cases = {
  iris: () => accuracyOfSplits('iris', 0.95),
  digits: () => accuracy('digits', 0.95, 20),
  'digits-conv': () => accuracy('digits-conv', 0.98, 120),
  english: () => belowTrigram('english'),
  korean: () => belowTrigram('korean'),
}

const chosen = Object.keys(cases).filter((name) => name.includes(options.only))
if (chosen.length === 0) fail(`No case has '${options.only}' in its name: ${Object.keys(cases).join(', ')}.`, 2)
await ensureInstalled()
await ensureBuilt()
const results = chosen.map((name) => {
  say(`${name} …`)
  const result = { case: name, ...cases[name]() }
  if (options.json) console.log(JSON.stringify(result))
  return result
})

if (!options.json) {
  const rows = results.map(({ seconds, isReached, parameters, steps, ...result }) => [
    result.case,
    parameters.toLocaleString('en-US'),
    steps.toLocaleString('en-US'),
    result.figure,
    result.goal,
    isReached ? 'yes' : 'no',
    seconds.toFixed(1),
  ])
  const head = ['case', 'parameters', 'steps', 'figure', 'goal', 'reached', 'seconds']
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)))
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
  console.log(`Processor: ${cpus()[0]?.model ?? 'unknown'}; threads: ${options.threads}\n`)
  console.log([line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n'))
}
process.exitCode = results.every(({ isReached }) => isReached) ? 0 : 1
