/** The ratios as a bar chart on a logarithmic scale: one SVG that follows the reader's light or dark theme. */
import { type Column, columns, type Figures, isProduct, namesIn, ratio } from './figures.ts'
import { goals } from './goals.ts'
import { formatRatio } from './numbers.ts'
import type { Machine, Report } from './page.ts'
import { pairs } from './tables.ts'
import type { Tokens } from './tokens.ts'

/** Colour of each peer's bars, a name of the app's tokens. */
const colours: Readonly<Partial<Record<Column, string>>> = {
  'torch-1': 'pos',
  'torch-2': 's2',
  graph: 's4',
  brain: 's3',
  'tfjs-cpu': 's5',
  'tfjs-wasm': 's6',
}

interface Bar {
  readonly peer: Column
  readonly value: number
  readonly goal: number | null
}

interface Group {
  readonly name: string
  readonly bars: readonly Bar[]
}

/** What the picture shows: per case a bar for each peer that was measured with it, ours on the same threads. */
export function groupsOf(figures: Figures): readonly Group[] {
  return namesIn(figures)
    .filter((name) => !isProduct(name))
    .map((name) => ({ name, bars: barsOf(figures, name) }))
    .filter(({ bars }) => bars.length > 0)
}

function barsOf(figures: Figures, name: string): readonly Bar[] {
  return pairs
    .filter(({ own, peer }) => !own.startsWith('plain') && colours[peer] !== undefined)
    .flatMap(({ own, peer }) => {
      const value = ratio(figures[name], name, own, peer)
      if (value === null) return []
      const goal = goals.find((each) => each.kind === 'ratio' && each.case === name && each.peer === peer)
      return [{ peer, value, goal: goal?.bound ?? null }]
    })
}

const width = 960
const margin = 16
const left = 226
const right = 76
const legendTop = 66
const legendRow = 20
const legendColumns = 3
const legendColumn = 300
const barHeight = 12
const barStep = 15
const groupGap = 14

interface Scale {
  readonly x: (value: number) => number
  readonly ticks: readonly number[]
}

/** From the power of ten at or below the least ratio (and 0.5 where that is enough) to the one above the greatest. */
function scaleOf(groups: readonly Group[]): Scale {
  const values = groups.flatMap(({ bars }) => bars.flatMap(({ value, goal }) => [value, goal ?? 1]))
  const least = Math.min(1, ...values)
  const low = least >= 0.5 ? Math.log10(0.5) : Math.floor(Math.log10(least))
  const high = Math.max(1, Math.ceil(Math.log10(Math.max(1, ...values))))
  const x = (value: number): number => left + ((Math.log10(value) - low) / (high - low)) * (width - left - right)
  const powers = Array.from({ length: high - Math.ceil(low) + 1 }, (_, i) => 10 ** (Math.ceil(low) + i))
  return { x, ticks: least >= 0.5 ? [0.5, ...powers] : powers }
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function text(x: number, y: number, kind: string, words: string, anchor = 'start'): string {
  return `<text x="${number(x)}" y="${number(y)}" class="${kind}" text-anchor="${anchor}">${escaped(words)}</text>`
}

function rect(x: number, y: number, wide: number, high: number, kind: string): string {
  return `<rect x="${number(x)}" y="${number(y)}" width="${number(wide)}" height="${number(high)}" class="${kind}"/>`
}

function upright(x: number, from: number, to: number, kind: string): string {
  return `<path d="M${number(x)} ${number(from)}V${number(to)}" class="${kind}"/>`
}

function drawBar({ peer, value, goal }: Bar, y: number, { x }: Scale): string {
  const [from, to] = value < 1 ? [x(value), x(1)] : [x(1), x(value)]
  const past = Math.max(to, goal === null ? 0 : x(goal) + 2)
  return [
    rect(from, y, Math.max(1, to - from), barHeight, `c-${colours[peer] ?? ''}`),
    ...(goal === null ? [] : [upright(x(goal), y - 1, y + barHeight + 1, 'goal')]),
    text(past + 6, y + barHeight - 2, 'name', formatRatio(value)),
  ].join('\n')
}

function drawGroup({ name, bars }: Group, top: number, scale: Scale): string {
  const middle = top + (bars.length * barStep) / 2 + 2
  return [text(margin, middle, 'name', name), ...bars.map((bar, i) => drawBar(bar, top + i * barStep, scale))].join(
    '\n',
  )
}

function drawLegend(groups: readonly Group[]): { readonly svg: string; readonly height: number } {
  const peers = new Set(groups.flatMap(({ bars }) => bars.map(({ peer }) => peer)))
  const entries = [...peers].map((peer) => ({ title: columns[peer].long, colour: colours[peer] ?? null }))
  const drawn = [...entries, { title: 'Goal', colour: null }].map(({ title, colour }, i) => {
    const x = margin + (i % legendColumns) * legendColumn
    const y = legendTop + Math.floor(i / legendColumns) * legendRow
    const sample = colour === null ? upright(x + 6, y - 1, y + 13, 'goal') : rect(x, y, 12, 12, `c-${colour}`)
    return `${sample}\n${text(x + 20, y + 11, 'value', title)}`
  })
  return { svg: drawn.join('\n'), height: Math.ceil(drawn.length / legendColumns) * legendRow }
}

/** Names of the tokens that the picture uses. */
const inks = ['surface', 'line', 'ink', 'ink-2', 'control', ...Object.values(colours)]

function declarations(tokens: ReadonlyMap<string, string>): string {
  return inks
    .map((name) => {
      const colour = tokens.get(name)
      if (colour === undefined) throw new Error(`picture: the style sheet has no colour ${name}`)
      return `--${name}:${colour}`
    })
    .join(';')
}

function style({ light, dark }: Tokens): string {
  const bars = Object.values(colours).map((name) => `.c-${name}{fill:var(--${name})}`)
  return [
    `svg{${declarations(light)}}`,
    `@media(prefers-color-scheme:dark){svg{${declarations(dark)}}}`,
    'text{font-family:Pretendard,system-ui,sans-serif;font-size:12px;fill:var(--ink-2)}',
    '.title{font-size:17px;font-weight:600;fill:var(--ink)}',
    '.name{fill:var(--ink)}',
    '.ground{fill:var(--surface)}',
    '.grid{stroke:var(--line);fill:none}',
    '.one{stroke:var(--control);stroke-width:1.5;fill:none}',
    '.goal{stroke:var(--ink);stroke-width:2;fill:none}',
    ...bars,
  ].join('\n')
}

function subtitle({ date, processor, node, torch }: Machine): string {
  const versions = torch === null ? `Node ${node}` : `Node ${node}, PyTorch ${torch}`
  return `${processor}; ${versions}; ${date}. Same number of threads on both sides; logarithmic scale.`
}

/** The picture of the ratios. */
export function picture({ figures, machine }: Report, tokens: Tokens): string {
  const groups = groupsOf(figures)
  const scale = scaleOf(groups)
  const legend = drawLegend(groups)
  const top = legendTop + legend.height + 34
  const tops = groups.map((_, i) =>
    groups.slice(0, i).reduce((sum, { bars }) => sum + bars.length * barStep + groupGap, top),
  )
  const bottom = groups.reduce((sum, { bars }) => sum + bars.length * barStep + groupGap, top)
  const height = bottom + 14
  const title = 'One training step: how many times faster Paramap is'
  const ticks = scale.ticks.map((tick) =>
    [
      upright(scale.x(tick), top - 8, bottom - 4, tick === 1 ? 'one' : 'grid'),
      text(scale.x(tick), top - 14, 'value', `${tick.toLocaleString('en-US')}x`, 'middle'),
    ].join('\n'),
  )
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title about">`,
    `<title id="title">${title}</title>`,
    `<desc id="about">Bars on a logarithmic scale, one for each peer in each case; right of 1x Paramap is faster. The numbers are in the tables of docs/benchmarks.md.</desc>`,
    `<style>\n${style(tokens)}\n</style>`,
    rect(0, 0, width, height, 'ground'),
    text(margin, 30, 'title', title),
    text(margin, 50, 'value', subtitle(machine)),
    legend.svg,
    ...ticks,
    ...groups.map((group, i) => drawGroup(group, tops[i] ?? top, scale)),
    '</svg>',
  ].join('\n')}\n`
}
