/** The figures as tables in Markdown, padded so that they read well as plain text too. */
import { type Column, columns, type Figures, isProduct, namesIn, ratio } from './figures.ts'
import { goalText, judge, reachedText, verdictText } from './goals.ts'
import { formatRatio, formatValue } from './numbers.ts'

type Align = 'left' | 'right'

/** A Markdown table. */
export function table(
  heads: readonly string[],
  aligns: readonly Align[],
  rows: readonly (readonly string[])[],
): string {
  const widths = heads.map((head, i) => Math.max(3, head.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]): string => {
    const padded = widths.map((width, i) => {
      const cell = cells[i] ?? ''
      return aligns[i] === 'right' ? cell.padStart(width) : cell.padEnd(width)
    })
    return `| ${padded.join(' | ')} |`
  }
  const rule = widths.map((width, i) => (aligns[i] === 'right' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
  return [line(heads), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n')
}

function numbersTable(first: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return table([first, ...heads], ['left', ...heads.map((): Align => 'right')], rows)
}

const shown = Object.keys(columns).filter(isColumn)

function isColumn(name: string): name is Column {
  return Object.hasOwn(columns, name)
}

/** Columns in which at least one of the cases has a number. */
function columnsOf(figures: Figures, names: readonly string[]): readonly Column[] {
  return shown.filter((column) => names.some((name) => figures[name]?.[column] !== undefined))
}

function valuesTable(first: string, figures: Figures, names: readonly string[]): string {
  const present = columnsOf(figures, names)
  const rows = names.map((name) => [
    name,
    ...present.map((column) => {
      const value = figures[name]?.[column]
      return value === undefined ? '' : formatValue(value)
    }),
  ])
  return numbersTable(
    first,
    present.map((column) => columns[column].short),
    rows,
  )
}

/** Microseconds of one training step. */
export function stepsTable(figures: Figures): string {
  return valuesTable(
    'case',
    figures,
    namesIn(figures).filter((name) => !isProduct(name)),
  )
}

/** GFLOP/s of the matrix product. */
export function productsTable(figures: Figures): string {
  return valuesTable('`[n, n] x [n, n]^T`', figures, namesIn(figures).filter(isProduct))
}

interface Pair {
  readonly own: Column
  readonly peer: Column
  readonly head: string
}

/** Who is held against whom: the same number of threads on both sides. */
export const pairs: readonly Pair[] = [
  { own: 'paramap-1', peer: 'torch-1', head: columns['torch-1'].short },
  { own: 'paramap-2', peer: 'torch-2', head: columns['torch-2'].short },
  { own: 'plain-1', peer: 'torch-1', head: `${columns['torch-1'].short}, ours 128-bit` },
  { own: 'plain-2', peer: 'torch-2', head: `${columns['torch-2'].short}, ours 128-bit` },
  { own: 'paramap-1', peer: 'torch256-1', head: columns['torch256-1'].short },
  { own: 'paramap-2', peer: 'torch256-2', head: columns['torch256-2'].short },
  { own: 'paramap-1', peer: 'graph', head: columns.graph.short },
  { own: 'paramap-1', peer: 'brain', head: columns.brain.short },
  { own: 'paramap-1', peer: 'tfjs-cpu', head: columns['tfjs-cpu'].short },
  { own: 'paramap-1', peer: 'tfjs-wasm', head: columns['tfjs-wasm'].short },
]

/** How many times faster Paramap is than each peer. */
export function ratiosTable(figures: Figures): string {
  const names = namesIn(figures)
  const present = pairs.filter(({ own, peer }) => names.some((name) => ratio(figures[name], name, own, peer) !== null))
  const rows = names.map((name) => [
    name,
    ...present.map(({ own, peer }) => {
      const value = ratio(figures[name], name, own, peer)
      return value === null ? '' : formatRatio(value)
    }),
  ])
  return numbersTable(
    'case',
    present.map(({ head }) => head),
    rows,
  )
}

/** Every goal, what the run reached, and whether it is met. */
export function goalsTable(figures: Figures): string {
  const rows = judge(figures).map((verdict) => [
    verdict.goal.case,
    goalText(verdict.goal),
    reachedText(verdict),
    verdictText(verdict),
  ])
  return table(['case', 'goal', 'reached', 'result'], ['left', 'left', 'right', 'left'], rows)
}
