/** The report as people read it: the machine's line, the tables, and the page `docs/benchmarks.md`. */
import { type Figures, isProduct, namesIn } from './figures.ts'
import { judge } from './goals.ts'
import { goalsTable, productsTable, ratiosTable, stepsTable } from './tables.ts'

/** Where and with what a run was made. */
export interface Machine {
  readonly date: string
  readonly processor: string
  readonly threads: number
  readonly system: string
  /** Widest vectors of the processor as PyTorch names them; null without PyTorch. */
  readonly vectors: string | null
  /** Processes that were busy at the start, mean over a minute: 0 on a quiet machine; null when it was not noted. */
  readonly load: number | null
  readonly node: string
  readonly nodeFlags: string
  /** True when Paramap's self-test chose the 256-bit kernels; null when Paramap was not measured. */
  readonly isWide: boolean | null
  readonly torch: string | null
  readonly tfjs: string | null
  readonly brain: string | null
}

/** A run: what the page and the picture are made from. */
export interface Report {
  readonly machine: Machine
  readonly figures: Figures
}

/** The heading under which the page keeps what a person writes about missed goals. */
export const notesHeading = '## Where goals are missed'

/** Processor, versions and flags in one line. */
export function machineLine(machine: Machine): string {
  const versions = [
    `Node ${machine.node}`,
    machine.torch === null ? null : `PyTorch ${machine.torch}`,
    machine.tfjs === null ? null : `TensorFlow.js ${machine.tfjs}`,
    machine.brain === null ? null : `brain.js ${machine.brain}`,
  ].filter((part) => part !== null)
  const vectors = machine.vectors === null ? '' : `, ${machine.vectors}`
  const kernels =
    machine.isWide === null
      ? 'Paramap not measured'
      : `${machine.isWide ? 256 : 128}-bit kernels chosen by the self-test`
  const flags = machine.nodeFlags === '' ? 'no flags given to Node' : `Node flags ${machine.nodeFlags}`
  return [
    `${machine.date}: ${machine.processor} (${machine.threads} hardware threads${vectors}), ${machine.system}`,
    versions.join(', '),
    `${kernels}, ${flags}`,
    `load at the start ${machine.load?.toFixed(2) ?? 'not noted'}`,
  ].join('; ')
}

/** The sections of the report, also what is printed. */
export function sections({ figures }: Report): string {
  const names = namesIn(figures)
  const parts: string[] = []
  if (names.some((name) => !isProduct(name))) {
    parts.push(`## Microseconds a step\n\n${stepsTable(figures)}`)
  }
  if (names.some(isProduct)) parts.push(`## Matrix product, GFLOP/s\n\n${productsTable(figures)}`)
  parts.push(`## How many times faster than each peer\n\n${ratiosTable(figures)}`)
  const verdicts = judge(figures)
  if (verdicts.length > 0) {
    const met = verdicts.filter(({ reached, shortBy }) => reached !== null && shortBy === 0).length
    parts.push(`## Goals\n\n${met} of ${verdicts.length} are met.\n\n${goalsTable(figures)}`)
  }
  return parts.join('\n\n')
}

const intro = `# Benchmarks

One training step (fetch, forward, backward, update) in microseconds, best of five loops of about 0.4 seconds, and the
matrix product in GFLOP/s: everything from one run on one computer, one program after the other, by
\`npm run bench:peers -- --write\`, which writes this page, its picture and \`benchmarks.json\`. Ratios travel, absolute times
do not.`

const method = `## How it is measured

- Cases, sizes and losses are those of \`bench/torch_steps.py\` (eager PyTorch) and of \`paramap bench\`; data is random.
- The last figure of a column's name is the number of threads. Ratios have the same number on both sides.
- "Paramap" uses the kernels that the self-test chose; "128-bit" forces those that every engine runs. The results have the
  same bits.
- "PyTorch 256-bit" is the same PyTorch told not to use the processor's 512-bit vectors, which WebAssembly does
  not reach; it is there to explain, no goal is judged by it.
- "Object graph" (\`bench/object-graph.ts\`) is written anew after the core of TensorFlow Playground: an
  object a neuron and a link, double precision, one sample at a time. It trains by plain gradient descent on half of the
  squared error in every case, so its work is less than the case's name says.
- brain.js also trains by gradient descent, and updates after every sample; one step is one batch of samples.
- TensorFlow.js is \`trainOnBatch\` of its layers. Its WebAssembly backend has one thread in Node.
- Versions of the JavaScript peers are fixed by \`bench/package-lock.json\`.`

/** What a person wrote on an earlier page, from its heading on; empty when there is none. */
export function notesOf(page: string): string {
  const start = page.indexOf(`\n${notesHeading}\n`)
  return start < 0 ? '' : page.slice(start + 1).trim()
}

/** The page, with the notes of the page before. */
export function page(report: Report, notes: string): string {
  const picture =
    '![How many times faster Paramap trains than each peer, as bars on a logarithmic scale](images/benchmarks.svg)'
  const parts = [intro, `${machineLine(report.machine)}.`, picture, sections(report), method, notes]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}
