/** What lies under a point of the map. */
import type { MapLayout, Stop } from './layout.ts'
import type { MapNetwork } from './network.ts'
import type { Plate } from './plates.ts'
import { emptyPath, type RoutePath, routePath } from './routes.ts'
import { type Selection, selectBias, selectNode, selectWeight } from './selection.ts'

/** Smallest target of a stop, and how far beside a line one may point, in px. */
export const smallestTarget = 24
export const lineTolerance = 6

const path = emptyPath()

function segmentDistance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
}

/** Distance of a point from a line. */
export function routeDistance(x: number, y: number, route: RoutePath): number {
  return Math.min(
    segmentDistance(x, y, route.x0, route.startY, route.bendX, route.startY),
    segmentDistance(x, y, route.bendX, route.startY, route.landX, route.endY),
    segmentDistance(x, y, route.landX, route.endY, route.x1, route.endY),
  )
}

/** The stop under a point; targets are at least 24 px, the nearest middle wins where they overlap. */
function stopAt(layout: MapLayout, x: number, y: number): Stop | null {
  let best: Stop | null = null
  let nearest = Number.POSITIVE_INFINITY
  for (const stop of layout.stops) {
    const halfWidth = Math.max(smallestTarget, stop.width + 4) / 2
    const halfHeight = Math.max(smallestTarget, stop.height + 4) / 2
    if (Math.abs(x - stop.x) > halfWidth || Math.abs(y - stop.y) > halfHeight) continue
    const distance = Math.hypot(x - stop.x, y - stop.y)
    if (distance < nearest) {
      nearest = distance
      best = stop
    }
  }
  return best
}

/** Rectangle of a stop's bias, at least 24 px in either direction; null where it is not drawn. */
export function biasBox(
  stop: Stop,
  picture: MapLayout['picture'],
): { x: number; y: number; width: number; height: number } | null {
  if (stop.layer === 0 || !stop.size.biasBar) return null
  const half = picture === 'bar' ? 40 : 26
  return {
    x: stop.x - half,
    y: stop.y + stop.height / 2 + 2,
    width: half * 2,
    height: Math.max(smallestTarget, stop.size.below - 2),
  }
}

function biasAt(layout: MapLayout, x: number, y: number): Stop | null {
  for (const stop of layout.stops) {
    const box = biasBox(stop, layout.picture)
    if (box && x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height) return stop
  }
  return null
}

function routeAt(network: MapNetwork, layout: MapLayout, x: number, y: number): Selection | null {
  const gap = layout.gaps.find(({ x0, x1 }) => x >= x0 && x <= x1)
  if (gap === undefined || !gap.open) return null
  let best = -1
  let nearest = Number.POSITIVE_INFINITY
  for (let k = 0; k < gap.ins * gap.outs; k++) {
    const distance = routeDistance(x, y, routePath(layout, gap, k, path)) - path.width / 2
    // Thick lines lie on top: among lines under the pointer the thickest is meant.
    const score = distance <= 0 ? -path.width : distance
    if (distance <= lineTolerance && score < nearest) {
      nearest = score
      best = k
    }
  }
  return best < 0
    ? null
    : selectWeight(network, { gap: gap.index, from: best % gap.ins, to: Math.floor(best / gap.ins) })
}

/** Plate, stop, bias or line under a point, in this order; null on empty ground. */
export function pick(
  network: MapNetwork,
  layout: MapLayout,
  plates: readonly Plate[],
  x: number,
  y: number,
): Selection | null {
  const plate = plates.find((one) => Math.abs(x - one.x) <= one.width / 2 && Math.abs(y - one.y) <= one.height / 2)
  if (plate !== undefined) return plate.selection
  const inside = layout.stops.find(
    (one) => Math.abs(x - one.x) <= one.width / 2 + 2 && Math.abs(y - one.y) <= one.height / 2 + 2,
  )
  if (inside !== undefined) return selectNode(network, inside)
  const bias = biasAt(layout, x, y)
  if (bias !== null) return selectBias(network, bias)
  const route = routeAt(network, layout, x, y)
  if (route !== null) return route
  const stop = stopAt(layout, x, y)
  return stop === null ? null : selectNode(network, stop)
}
