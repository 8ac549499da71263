/** Small pictures of the point shapes: a few dozen dots each, for the buttons that choose one. */
import type { RandomShape } from '../../../core/spec/index.ts'

export interface ThumbDot {
  /** From 0 (left, top) to 1. */
  readonly x: number
  readonly y: number
  readonly positive: boolean
}

const golden = Math.PI * (3 - Math.sqrt(5))
const dots = 44

/** Evenly scattered places in the unit square (the R2 sequence). */
function scattered(i: number): readonly [number, number] {
  return [(0.5 + i * 0.754877666) % 1, (0.5 + i * 0.569840291) % 1]
}

function blob(i: number, x: number, y: number, radius: number): readonly [number, number] {
  const r = radius * Math.sqrt((i + 0.5) / dots)
  return [x + r * Math.cos(i * golden), y + r * Math.sin(i * golden)]
}

const makers: Readonly<Record<RandomShape, (i: number) => ThumbDot>> = {
  circle(i) {
    const inner = i % 2 === 0
    const r = inner ? 0.2 * Math.sqrt((i + 1) / dots) : 0.36 + 0.07 * ((i * 0.37) % 1)
    return { x: 0.5 + r * Math.cos(i * golden), y: 0.5 + r * Math.sin(i * golden), positive: inner }
  },
  xor(i) {
    const [x, y] = scattered(i)
    const spread = (v: number): number => (v < 0.5 ? 0.1 + v * 0.7 : 0.2 + v * 0.7)
    return { x: spread(x), y: spread(y), positive: x < 0.5 === y > 0.5 }
  },
  gauss(i) {
    const positive = i % 2 === 0
    const [x, y] = blob(i, positive ? 0.67 : 0.33, positive ? 0.33 : 0.67, 0.24)
    return { x, y, positive }
  },
  spiral(i) {
    const positive = i % 2 === 0
    const share = Math.floor(i / 2) / (dots / 2)
    const angle = share * 1.75 * 2 * Math.PI + (positive ? 0 : Math.PI)
    return { x: 0.5 + 0.43 * share * Math.sin(angle), y: 0.5 + 0.43 * share * Math.cos(angle), positive }
  },
  plane(i) {
    const [x, y] = scattered(i)
    return { x: 0.08 + x * 0.84, y: 0.08 + y * 0.84, positive: x - y > 0 }
  },
  'multi-gauss'(i) {
    const hill = i % 6
    const row = hill < 3 ? 0 : 1
    const [x, y] = blob(i, 0.2 + (hill % 3) * 0.3, 0.3 + row * 0.4, 0.13)
    return { x, y, positive: (hill + row) % 2 === 0 }
  },
}

/** The dots of a shape's picture. */
export function thumbDots(shape: RandomShape): readonly ThumbDot[] {
  return Array.from({ length: dots }, (_, i) => makers[shape](i))
}
