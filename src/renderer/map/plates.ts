/** Bus numbers, and where their plates stand. */
import type { MapLines } from '../../shared/protocol.ts'
import { signed, small } from '../i18n/format.ts'
import { largestIn } from './largest.ts'
import type { Gap, MapLayout } from './layout.ts'
import type { MapNetwork } from './network.ts'
import { emptyPath, pointOnRoute, routePath } from './routes.ts'
import { type Selection, sameSelection, selectWeight } from './selection.ts'

/** How much of 1 a number spans: 200 carries nothing, 9999 most; 199 carries nothing, 100 pulls away most. */
const upperSpan = 9799
const lowerSpan = 99

/**
 * Bus number of a weight: one rising scale from 100 (pulls away most) to 9999 (carries most).
 * `contribution` is activation x weight x gradient of the destination, `largest` the largest |contribution| of its layer.
 */
export function plateNumber(contribution: number, largest: number): number {
  const share = largest > 0 ? Math.min(1, Math.abs(contribution) / largest) : 0
  return contribution >= 0 ? Math.round(200 + upperSpan * share) : Math.round(199 - lowerSpan * share)
}

/** A weight or a gradient as the map writes it, with its sign. */
export function lineNumber(lines: MapLines, value: number, digits: number): string {
  if (lines === 'weights') return signed(value, digits)
  return value >= 0 ? `+${small(value, digits + 1)}` : small(value, digits + 1)
}

/** What numbers the buses: what they carry to the destination, or their weight alone. */
export type PlateLens = 'contribution' | 'weight'

/** Largest finite |value| of each gap, of contributions or of weights. */
export function largestOfGaps(network: MapNetwork, contributions: Float32Array): number[] {
  return network.gaps.map(({ offset, ins, outs }) => largestIn(contributions, offset, offset + ins * outs))
}

/** Sign of a weight; `none` for what is no number. */
export type Sign = 'positive' | 'negative' | 'none'

/** The sign of a value. */
export const signOf = (value: number): Sign => (Number.isFinite(value) ? (value < 0 ? 'negative' : 'positive') : 'none')

/** A plate: `x`, `y` is its middle. */
export interface Plate {
  readonly selection: Selection
  readonly text: string
  readonly sign: Sign
  /** Filled and larger: held, pointed at or on the traced route. */
  readonly strong: boolean
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A route that would like a plate. */
export interface PlateWish {
  readonly gap: number
  readonly k: number
  readonly text: string
  readonly sign: Sign
  readonly strong: boolean
}

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Shares of the line's length at which a plate may stand, the best first. */
const places = [0.52, 0.44, 0.6, 0.36, 0.68, 0.28, 0.76, 0.2, 0.84, 0.14]
const path = emptyPath()

/** Where plates stood last: the share of the line's length, by gap and line. */
export type PlatePlaces = Map<string, number>

/** Places plates greedily in the order of the wishes; none overlaps another or a blocked box, who finds no room gets none. */
export function placePlates(
  network: MapNetwork,
  layout: MapLayout,
  wishes: readonly PlateWish[],
  blocked: readonly Box[],
  kept: PlatePlaces = new Map(),
): Plate[] {
  const taken = [...blocked]
  const plates: Plate[] = []
  for (const wish of wishes) {
    const gap = layout.gaps[wish.gap]
    if (gap === undefined) continue
    const selection = selectWeight(network, { gap: wish.gap, from: wish.k % gap.ins, to: Math.floor(wish.k / gap.ins) })
    if (selection === null || plates.some((plate) => sameSelection(plate.selection, selection))) continue
    routePath(layout, gap, wish.k, path)
    const height = wish.strong ? 24 : 18
    const width = wish.strong ? 17 + wish.text.length * 7.6 : 9 + wish.text.length * 6.7
    const key = `${wish.gap}:${wish.k}`
    const last = kept.get(key)
    for (const t of last === undefined ? places : [last, ...places]) {
      const { x, y } = pointOnRoute(path, t)
      const box = { x: x - width / 2 - 2, y: y - height / 2 - 2, width: width + 4, height: height + 4 }
      if (taken.some((other) => overlaps(box, other))) continue
      taken.push(box)
      kept.set(key, t)
      plates.push({ selection, text: wish.text, sign: wish.sign, strong: wish.strong, x, y, width, height })
      break
    }
  }
  return plates
}

/** Most lines that may ask for a number at once. */
const mostNumbers = 600

/** The lines whose numbers are written where they fit: in their order while all may ask, else the strongest. */
export function numberCandidates(gap: Gap, values: Float32Array, most = mostNumbers): number[] {
  const all = Array.from({ length: gap.open ? gap.ins * gap.outs : 0 }, (_, k) => k)
  if (all.length <= most) return all
  const sizeOf = (k: number): number => Math.abs(values[gap.offset + k] ?? 0)
  return all.sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, most)
}

/** Plates a gap shows of itself: the strongest, and the one that pulls away most. */
const strongest = 3
const strongestAtOutput = 4

/** Weights of a gap that deserve a plate beside the `held` ones: by `rank` (high first) the strongest, then the lowest. */
export function plateCandidates(
  layout: MapLayout,
  gapIndex: number,
  rank: (k: number) => number,
  held: ReadonlySet<number>,
): number[] {
  const gap = layout.gaps[gapIndex]
  if (gap === undefined || !gap.open) return []
  const count = gapIndex === layout.gaps.length - 1 ? strongestAtOutput : strongest
  const order = Array.from({ length: gap.ins * gap.outs }, (_, k) => k)
    .filter((k) => !held.has(k))
    .sort((a, b) => rank(b) - rank(a))
  const lowest = order.slice(count).at(-1)
  return lowest === undefined ? order.slice(0, count) : [...order.slice(0, count), lowest]
}
