/** Histograms over time as ridges, one behind the other: older ones higher up, all on one axis. */
import type { Heap, LayerMoment } from '../../../core/spec/index.ts'

/** A heap and the step at which it was like that. */
export interface HeapAt {
  readonly step: number
  readonly heap: Heap
}

/** A corner of an outline. */
interface Corner {
  readonly x: number
  readonly y: number
}

/** Closed outlines from the oldest to the newest, and the axis that they share. */
export interface Ridges {
  readonly outlines: readonly (readonly Corner[])[]
  readonly low: number
  readonly high: number
  /** Where 0 stands; null where it lies outside. */
  readonly zero: number | null
}

/** Ridges that fit behind each other and can still be told apart. */
const mostRidges = 16
/** Share of the height that the newest ridge may take. */
const tallest = 0.55

/** Of many moments the first, the last, and some evenly between. */
function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items
  return Array.from({ length: most }, (_, n) => items[Math.round((n * (items.length - 1)) / (most - 1))]).filter(
    (item): item is Item => item !== undefined,
  )
}

/** Draws moments into `width` x `height`; heights are shares of each moment's own greatest count. */
export function ridgesOf(moments: readonly HeapAt[], width: number, height: number): Ridges {
  const shown = spread(moments, mostRidges)
  const low = shown.reduce((least, { heap }) => Math.min(least, heap.low), Number.POSITIVE_INFINITY)
  const high = shown.reduce((most, { heap }) => Math.max(most, heap.high), Number.NEGATIVE_INFINITY)
  if (!(low < high)) return { outlines: [], low: 0, high: 0, zero: null }
  const x = (value: number): number => ((value - low) / (high - low)) * width
  const room = height * (shown.length < 2 ? 0.9 : tallest)
  const gap = shown.length < 2 ? 0 : (height - room) / (shown.length - 1)
  const outlines = shown.map(({ heap }, n) => {
    const base = height - (shown.length - 1 - n) * gap
    const most = Math.max(1, ...heap.counts)
    const step = (heap.high - heap.low) / heap.counts.length
    const bars = heap.counts.flatMap((count, bin) => {
      const y = base - (count / most) * (room - 4)
      return [bin, bin + 1].map((edge) => ({ x: x(heap.low + edge * step), y }))
    })
    return [{ x: x(heap.low), y: base }, ...bars, { x: x(heap.high), y: base }]
  })
  return { outlines, low, high, zero: low <= 0 && high >= 0 ? x(0) : null }
}

/** Heaps of one kind at the moments that have them. */
export const heapsOf = (
  moments: readonly LayerMoment[],
  kind: 'weights' | 'gradients' | 'activations',
): readonly HeapAt[] =>
  moments.flatMap((moment) => {
    const heap = moment[kind]
    return heap === null ? [] : [{ step: moment.step, heap }]
  })
