import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mostPaintedClasses } from '../../../src/core/spec/index.ts'
import { showLanguage, t } from '../../../src/renderer/i18n/index.ts'
import { classMarks, isTwoSided, markNames, markPath, traceMark } from '../../../src/renderer/map/classes.ts'
import { mapNetwork } from '../../../src/renderer/map/network.ts'
import { parseColour } from '../../../src/renderer/map/palette.ts'
import { stopName } from '../../../src/renderer/map/words.ts'
import { aRun } from '../fixture-bridge.ts'

const css = readFileSync('src/renderer/styles/tokens.css', 'utf8')
const [light = '', dark = ''] = css.split('[data-theme="dark"]')
const names = ['--neg', '--pos', '--class-3', '--class-4', '--class-5', '--class-6']
const hexOf = (theme: string, name: string): string => new RegExp(`${name}: (#[0-9a-f]{6})`).exec(theme)?.[1] ?? ''

type Three = readonly [number, number, number]
const linear = (hex: string): Three => {
  const one = (value: number): number => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  const [r, g, b] = parseColour(hex)
  return [one(r), one(g), one(b)]
}
const luminance = ([r, g, b]: Three): number => 0.2126 * r + 0.7152 * g + 0.0722 * b
const contrast = (one: string, other: string): number => {
  const [a = 0, b = 0] = [one, other].map((hex) => luminance(linear(hex)) + 0.05).sort((p, q) => q - p)
  return a / b
}
/** What eyes without one kind of cone see (Machado, Oliveira and Fernandes 2009, severity 1). */
const eyes: Readonly<Record<string, readonly Three[]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}
const seen = (matrix: readonly Three[], [r, g, b]: Three): Three => {
  const [x = 0, y = 0, z = 0] = matrix.map(([p, q, s]) => Math.max(0, p * r + q * g + s * b))
  return [x, y, z]
}
/** OKLab (Ottosson 2020): equal distances look about equally far. */
function okLab([r, g, b]: Three): Three {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}
const apart = (one: Three, other: Three): number =>
  Math.hypot(...okLab(one).map((value, n) => value - (okLab(other)[n] ?? 0)))

describe.each([
  ['light', light],
  ['dark', dark],
])('the colours of classes in the %s theme', (_, theme) => {
  it('stand out 3 : 1 from the surface and the land of the map', () => {
    for (const name of names)
      for (const ground of ['--surface', '--land'])
        expect(contrast(hexOf(theme, name), hexOf(theme, ground)), name).toBeGreaterThanOrEqual(3)
  })
  it.each(Object.entries(eyes))('stay apart for %s eyes', (_kind, matrix) => {
    const colours = names.map((name) => seen(matrix, linear(hexOf(theme, name))))
    colours.forEach((colour, n) => {
      // Orange and blue, the first two, are apart by more than this for all eyes; 0.1 is five just noticeable differences.
      for (const other of colours.slice(n + 1)) expect(apart(colour, other)).toBeGreaterThan(0.1)
    })
  })
})

describe('the marks of classes', () => {
  it('are as many as classes can be painted, each with a letter, a word and an outline of its own', () => {
    const outlines = Array.from({ length: mostPaintedClasses }, (_, label) => markPath(label, 4))
    for (const list of [classMarks, markNames, outlines]) expect(new Set(list).size).toBe(mostPaintedClasses)
  })
  it('are laid about their place, the disc as a circle', () => {
    const calls: string[] = []
    const note =
      (name: string) =>
      (...values: (number | boolean | undefined)[]): void =>
        void calls.push(`${name} ${values.map((value) => Number(value).toFixed(1)).join(' ')}`)
    const context = {
      beginPath: note('begin'),
      arc: note('arc'),
      moveTo: note('move'),
      lineTo: note('line'),
      closePath: note('close'),
    }
    traceMark(context, 1, 10, 20, 3)
    expect(calls).toEqual(['begin ', 'arc 10.0 20.0 3.0 0.0 6.3'])
    calls.length = 0
    traceMark(context, 0, 10, 20, 1)
    expect(calls).toEqual(['begin ', 'move 10.0 18.8', 'line 11.2 20.0', 'line 10.0 21.2', 'line 8.8 20.0', 'close '])
  })
  it('name the outputs of a painting by the classes that occur', () => {
    showLanguage('ko')
    const info = aRun({}, [2, 4, 3])
    const painted = { ...info.recipe.data, shape: 'drawn', points: [] } as typeof info.recipe.data
    const layers = info.layers.with(-1, { ...info.layers[2], names: ['class0', 'class2', 'class5'] } as never)
    const network = mapNetwork({ ...info, layers, recipe: { data: painted } })
    expect(network.classes).toEqual([0, 2, 5])
    expect([0, 1, 2].map((n) => stopName(network, 2, n, 'map', t))).toEqual(['마름모', '세모', '별'])
  })
  it('of two classes are the two sides of one ramp only where they are the first two', () => {
    expect([isTwoSided([0, 1]), isTwoSided([0, 2]), isTwoSided([0, 1, 2])]).toEqual([true, false, false])
  })
})
