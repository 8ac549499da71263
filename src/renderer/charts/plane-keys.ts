/** Arrow keys over the plane. */
import { onPlane, type Place } from '../stores/probe.ts'

const smallStep = 0.1
const largeStep = 1
const ways: Readonly<Record<string, Place>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

/** The place that an arrow key leads to, with Shift in larger steps; null for other keys. */
export function movedByKey({ key, shiftKey }: KeyboardEvent, [x, y]: Place): Place | null {
  const way = ways[key]
  const by = shiftKey ? largeStep : smallStep
  return way === undefined ? null : onPlane(x + way[0] * by, y + way[1] * by)
}
