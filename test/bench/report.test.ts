/** The page and the picture that `bench:peers` writes. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Window } from 'happy-dom'
import { describe, expect, it } from 'vitest'
import type { Figures } from '../../bench/report/figures.ts'
import { machineLine, notesHeading, notesOf, page, type Report } from '../../bench/report/page.ts'
import { groupsOf, picture } from '../../bench/report/picture.ts'
import { readReport } from '../../bench/report/read.ts'
import { goalsTable, productsTable, ratiosTable, stepsTable, table } from '../../bench/report/tables.ts'
import { readTokens } from '../../bench/report/tokens.ts'

const playground = 'playground-2-4-2-1-b10-sgd'
const figures: Figures = {
  'product-96': { 'paramap-1': 95.9, 'plain-1': 52.5 },
  'mlp-1024x4-b256-adam': { 'paramap-1': 72_387.6, 'torch-1': 51_919.3 },
  [playground]: { 'paramap-1': 1.14, 'torch-1': 156.1, graph: 4.36, 'tfjs-wasm': 495.4 },
}
const report: Report = {
  figures,
  machine: {
    date: '2026-11-23',
    processor: 'Some <Processor> & more',
    threads: 2,
    system: 'Linux x64',
    vectors: 'AVX2',
    load: 0.046,
    node: '24.21.0',
    nodeFlags: '',
    isWide: true,
    torch: '2.13.0',
    tfjs: null,
    brain: '1.6.1',
  },
}
const css = readFileSync(resolve('src/renderer/styles/tokens.css'), 'utf8')
const tokens = readTokens(css)

describe('tables', () => {
  it('pad their cells to one width a column', () => {
    const drawn = table(['a', 'number'], ['left', 'right'], [['long name', '1'], ['b']])
    expect(drawn.split('\n')).toEqual([
      '| a         | number |',
      '| --------- | -----: |',
      '| long name |      1 |',
      '| b         |        |',
    ])
  })

  it('show only columns that were measured, and products apart', () => {
    expect(stepsTable(figures).split('\n')).toEqual([
      '| case                       | Paramap 1 | PyTorch 1 | object graph | tfjs wasm |',
      '| -------------------------- | --------: | --------: | -----------: | --------: |',
      '| playground-2-4-2-1-b10-sgd |      1.14 |       156 |         4.36 |       495 |',
      '| mlp-1024x4-b256-adam       |    72,388 |    51,919 |              |           |',
    ])
    expect(productsTable(figures)).toContain('| product-96          |      95.9 |      52.5 |')
  })

  it('hold peers against the same number of threads', () => {
    expect(ratiosTable(figures)).toContain('| mlp-1024x4-b256-adam       |     0.72x |')
    expect(goalsTable(figures)).toMatch(
      /mlp-1024x4-b256-adam .* at least 1.1x PyTorch, 1 thread .* 0.72x \| missed by 35%/,
    )
  })
})

describe('the page', () => {
  it('names processor, versions and kernels', () => {
    expect(machineLine(report.machine)).toBe(
      '2026-11-23: Some <Processor> & more (2 hardware threads, AVX2), Linux x64; Node 24.21.0, PyTorch 2.13.0, ' +
        'brain.js 1.6.1; 256-bit kernels chosen by the self-test, no flags given to Node; load at the start 0.05',
    )
  })

  it('keeps the notes that a person wrote', () => {
    const notes = `${notesHeading}\n\nThe update is bound by memory.`
    const first = page(report, notes)
    expect(notesOf(first)).toBe(notes)
    expect(page(report, notesOf(first))).toBe(first)
    expect(notesOf(page(report, ''))).toBe('')
  })

  it('in docs is what docs/benchmarks.json gives', () => {
    const kept = readReport(readFileSync('docs/benchmarks.json', 'utf8'))
    const written = readFileSync('docs/benchmarks.md', 'utf8')
    expect(written).toBe(page(kept, notesOf(written)))
    expect(readFileSync('docs/images/benchmarks.svg', 'utf8')).toBe(picture(kept, tokens))
  })

  it('is not made from a file that holds no report', () => {
    expect(readReport(JSON.stringify(report))).toEqual(report)
    for (const wrong of ['[]', '{}', JSON.stringify({ ...report, figures: { a: { 'torch-1': 'fast' } } })]) {
      expect(() => readReport(wrong)).toThrow(TypeError)
    }
  })
})

describe('the picture', () => {
  const window = new Window()
  const svg = new window.DOMParser().parseFromString(picture(report, tokens), 'image/svg+xml')

  it('has a bar for each peer of each case, products left out', () => {
    expect(groupsOf(figures).map(({ name, bars }) => [name, bars.map(({ peer }) => peer)])).toEqual([
      [playground, ['torch-1', 'graph', 'tfjs-wasm']],
      ['mlp-1024x4-b256-adam', ['torch-1']],
    ])
  })

  it('places bars on a logarithmic scale on both sides of 1x', () => {
    const bars = [...svg.querySelectorAll('rect[height="12"]')].map((bar) => ({
      kind: bar.getAttribute('class'),
      x: Number(bar.getAttribute('x')),
      width: Number(bar.getAttribute('width')),
    }))
    const drawn = bars.filter(({ width }) => width !== 12)
    const one = drawn[0]?.x ?? 0
    const decade = (drawn[0]?.width ?? 0) / Math.log10(156.1 / 1.14)
    expect(drawn.map(({ kind }) => kind)).toEqual(['c-pos', 'c-s4', 'c-s6', 'c-pos'])
    // positions are written with one decimal
    expect(drawn[1]?.width).toBeCloseTo(decade * Math.log10(4.36 / 1.14), 0)
    expect((drawn[3]?.x ?? 0) + (drawn[3]?.width ?? 0)).toBeCloseTo(one, 0)
    expect(drawn[3]?.width).toBeCloseTo(decade * Math.log10(72_387.6 / 51_919.3), 0)
  })

  it('writes each ratio and escapes what it was given', () => {
    const words = [...svg.querySelectorAll('text')].map((element) => element.textContent)
    expect(words).toEqual(expect.arrayContaining([playground, '137x', '3.82x', '435x', '0.72x', '1x', 'Goal']))
    expect(words.some((text) => text?.startsWith('Some <Processor> & more; Node 24.21.0'))).toBe(true)
  })

  it("has the app's colours for light and dark", () => {
    const style = svg.querySelector('style')?.textContent ?? ''
    expect(style).toContain(`--pos:${tokens.light.get('pos')}`)
    expect(style.split('prefers-color-scheme:dark')[1]).toContain(`--pos:${tokens.dark.get('pos')}`)
    expect(() => picture(report, { ...tokens, dark: new Map() })).toThrow('no colour surface')
  })
})
