/**
 * Paramap and its peers on this computer in one run. `npm run bench:peers` installs and builds what is needed first.
 *
 * `--only CASE` (may be repeated) measures cases whose name contains it, `--quick` three small ones; `--write` puts the
 * result into docs/benchmarks.md, its picture and docs/benchmarks.json; `--again` makes page and picture anew from that
 * file without measuring.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, loadavg, type } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { findTorch, graphParty, ownParties, packageParties, partyName, type Torch, torchParties } from './parties.ts'
import { addLines, caseNames, type Figures } from './report/figures.ts'
import { type Machine, machineLine, notesOf, page, type Report, sections } from './report/page.ts'
import { picture } from './report/picture.ts'
import { readReport } from './report/read.ts'
import { readTokens } from './report/tokens.ts'

const root = dirname(import.meta.dirname)
const pageFile = join(root, 'docs/benchmarks.md')
const figuresFile = join(root, 'docs/benchmarks.json')
const pictureFile = join(root, 'docs/images/benchmarks.svg')
const tokensFile = join(root, 'src/renderer/styles/tokens.css')

const quickCases = ['playground-2-4-2-1-b10-sgd', 'deep-2-8x6-1-b10-adam', 'mnist-784-128-10-b32-adam']
const processors = availableParallelism()

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Names of the cases asked for; none stand for all. */
function chosenCases(only: readonly string[], isQuick: boolean): readonly string[] {
  const found = only.flatMap((part) => {
    const names = caseNames.filter((name) => name.includes(part))
    if (names.length === 0) throw new RangeError(`--only ${part}: no case has this in its name`)
    return names
  })
  return [...new Set([...found, ...(isQuick ? quickCases : [])])]
}

/** Versions of the packages in bench/node_modules; null where they could not be installed. */
function packageVersion(name: string): string | null {
  const file = join(root, 'bench/node_modules', name, 'package.json')
  if (!existsSync(file)) return null
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return isNamed ? String(manifest.version) : null
}

function describeMachine(torch: Torch | null, load: number, isWide: boolean | null): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: cpus()[0]?.model ?? 'unknown processor',
    threads: processors,
    system: `${type()} ${arch()}`,
    vectors: torch?.capability ?? null,
    load,
    node: process.versions.node,
    nodeFlags: [process.env.NODE_OPTIONS, ...process.execArgv].filter(Boolean).join(' '),
    isWide,
    torch: torch?.version ?? null,
    tfjs: packageVersion('@tensorflow/tfjs-core'),
    brain: packageVersion('brain.js'),
  }
}

function measure(names: readonly string[]): Report {
  const load = loadavg()[0] ?? 0
  if (load > 0.3) say(`This computer is not quiet (load ${load.toFixed(2)}): figures will waver.`)
  const hasTwo = processors > 1
  const torch = findTorch()
  if (torch === null) say('No Python with PyTorch was found: its columns are left out (PYTHON=… names one).')
  const hasPackages = packageVersion('brain.js') !== null && packageVersion('@tensorflow/tfjs-core') !== null
  if (!hasPackages) say('The packages of bench/package.json are not installed: their columns are left out.')
  const parties = [
    ...ownParties(hasTwo),
    graphParty,
    ...(hasPackages ? packageParties : []),
    ...(torch === null ? [] : torchParties(torch, hasTwo)),
  ]
  let figures: Figures = {}
  let isWide: boolean | null = null
  for (const party of parties) {
    say(`${partyName(party)} …`)
    const lines = party.run(names)
    const asked = names.length === 0 ? lines : lines.filter((line) => names.includes(line.case))
    figures = addLines(figures, party.column, asked)
    if (party.column === 'paramap-1') isWide = lines[0]?.joined ?? null
  }
  return { machine: describeMachine(torch, load, isWide), figures }
}

function writePage(report: Report): void {
  const notes = existsSync(pageFile) ? notesOf(readFileSync(pageFile, 'utf8')) : ''
  const tokens = readTokens(readFileSync(tokensFile, 'utf8'))
  writeFileSync(pageFile, page(report, notes))
  writeFileSync(pictureFile, picture(report, tokens))
  say('Written: docs/benchmarks.md, docs/images/benchmarks.svg')
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
  },
})
if (values.again) {
  writePage(readReport(readFileSync(figuresFile, 'utf8')))
} else {
  const names = chosenCases(values.only, values.quick)
  if (values.write && names.length > 0)
    throw new RangeError('--write keeps whole runs only: leave --only and --quick out')
  const report = measure(names)
  console.log(`${machineLine(report.machine)}\n\n${sections(report)}`)
  if (values.write) {
    writeFileSync(figuresFile, `${JSON.stringify(report, null, 2)}\n`)
    writePage(report)
  }
}
