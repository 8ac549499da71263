/** What a brush does to a painting: which points it puts, which it takes. */
import type { PaintedPoint } from '../../core/spec/index.ts'
import { onPlane, type Place } from './probe.ts'

/** A point at a place of the plane. */
export function pointAt([x, y]: Place, label: number): PaintedPoint {
  const [px, py] = onPlane(x, y)
  return [px, py, label]
}

/** `count` points evenly at random over a disc, those beyond the plane's edge on it. */
export function sprayed(
  [x, y]: Place,
  label: number,
  radius: number,
  count: number,
  random: () => number,
): readonly PaintedPoint[] {
  return Array.from({ length: count }, () => {
    const distance = radius * Math.sqrt(random())
    const angle = 2 * Math.PI * random()
    return pointAt([x + distance * Math.cos(angle), y + distance * Math.sin(angle)], label)
  })
}

const squared = ([x, y]: PaintedPoint, [px, py]: Place): number => (x - px) ** 2 + (y - py) ** 2

/** The points within a disc. */
export const within = (points: readonly PaintedPoint[], place: Place, radius: number): readonly PaintedPoint[] =>
  points.filter((point) => squared(point, place) <= radius * radius)

/** The point that is closest to a place, the newest of equally close ones; null where there is none. */
export function nearest(points: readonly PaintedPoint[], place: Place): PaintedPoint | null {
  let [found, least]: [PaintedPoint | null, number] = [null, Number.POSITIVE_INFINITY]
  for (const point of points) {
    const distance = squared(point, place)
    if (distance <= least) [found, least] = [point, distance]
  }
  return found
}

/** How far apart two places are. */
export const distanceOf = ([x, y]: Place, [px, py]: Place): number => Math.hypot(x - px, y - py)
