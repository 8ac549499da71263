/** What was measured: for each case one number a column, microseconds of a step or, for products, GFLOP/s. */

interface Title {
  /** Complete, for legends and sentences. */
  readonly long: string
  /** For the heads of tables; the last figure is the number of threads. */
  readonly short: string
}

/** The columns of the benchmark: who trained, on how many threads. */
export const columns = {
  'paramap-1': { long: 'Paramap, 1 thread', short: 'Paramap 1' },
  'paramap-2': { long: 'Paramap, 2 threads', short: 'Paramap 2' },
  'plain-1': { long: 'Paramap with 128-bit kernels, 1 thread', short: '128-bit 1' },
  'plain-2': { long: 'Paramap with 128-bit kernels, 2 threads', short: '128-bit 2' },
  'torch-1': { long: 'PyTorch, 1 thread', short: 'PyTorch 1' },
  'torch-2': { long: 'PyTorch, 2 threads', short: 'PyTorch 2' },
  'torch256-1': { long: 'PyTorch held to 256 bits, 1 thread', short: 'PyTorch 256-bit 1' },
  'torch256-2': { long: 'PyTorch held to 256 bits, 2 threads', short: 'PyTorch 256-bit 2' },
  graph: { long: "Object graph as Playground's", short: 'object graph' },
  brain: { long: 'brain.js', short: 'brain.js' },
  'tfjs-cpu': { long: 'TensorFlow.js, plain JavaScript', short: 'tfjs cpu' },
  'tfjs-wasm': { long: 'TensorFlow.js, WebAssembly', short: 'tfjs wasm' },
} as const satisfies Readonly<Record<string, Title>>

export type Column = keyof typeof columns

/** Numbers of one case by column. */
export type Row = Readonly<Partial<Record<Column, number>>>

/** Rows by case name. */
export type Figures = Readonly<Record<string, Row>>

/** One line that a benchmark printed. */
export interface Line {
  readonly case: string
  readonly value: number
  readonly parameters: number | null
  /** True when Paramap's self-test chose the 256-bit kernels; null for peers. */
  readonly joined: boolean | null
}

/** The cases in the order of the report; what is not named here follows. */
export const caseNames: readonly string[] = [
  'playground-2-4-2-1-b10-sgd',
  'deep-2-8x6-1-b10-adam',
  'hundred-layers-16-b32-adam',
  'mnist-784-128-10-b32-adam',
  'mnist-784-512-512-10-b64-adam',
  'mlp-1024x4-b256-adam',
  'lenet-28x28-b32-adam',
  'gru-64-t32-b16-adam',
  'gpt-30k',
  'gpt-212k',
  'gpt-875k',
  'product-96',
  'product-192',
  'product-384',
  'product-768',
]

/** True when a case's number is GFLOP/s: more is better. */
export function isProduct(name: string): boolean {
  return name.startsWith('product-')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function readLine(text: string): Line | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null // a warning that happens to begin with a brace
  }
  if (!isRecord(value) || typeof value.case !== 'string') return null
  const number = value.microsecondsPerStep ?? value.gflops
  if (typeof number !== 'number' || !(number > 0)) return null
  return {
    case: value.case,
    value: number,
    parameters: typeof value.parameters === 'number' ? value.parameters : null,
    joined: typeof value.joined === 'boolean' ? value.joined : null,
  }
}

/** The measurements in what a benchmark printed; other lines are passed over. */
export function readLines(text: string): readonly Line[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map(readLine)
    .filter((line) => line !== null)
}

/** The figures with the lines of one column put in. */
export function addLines(figures: Figures, column: Column, lines: readonly Line[]): Figures {
  const rows = { ...figures }
  for (const line of lines) rows[line.case] = { ...rows[line.case], [column]: line.value }
  return rows
}

/** Case names of the figures in the order of the report. */
export function namesIn(figures: Figures): readonly string[] {
  const present = Object.keys(figures)
  const known = caseNames.filter((name) => present.includes(name))
  return [...known, ...present.filter((name) => !caseNames.includes(name))]
}

/** How many times faster `own` is than `peer`; null where one of the two was not measured. */
export function ratio(row: Row | undefined, name: string, own: Column, peer: Column): number | null {
  const [mine, theirs] = [row?.[own], row?.[peer]]
  if (mine === undefined || theirs === undefined) return null
  return isProduct(name) ? mine / theirs : theirs / mine
}
