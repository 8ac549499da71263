/** How stops are drawn, and how finely. */

import type { RunInfo } from '../../../shared/protocol.ts'
import type { Picture } from '../../map/stop-size.ts'

/** How the stops of a run are drawn: over the plane, as pictures of pixels, as bars. */
export function pictureOf(info: Pick<RunInfo, 'recipe' | 'layers'> | null): Picture {
  if (info?.recipe.data.source === 'points') return 'heat'
  return info?.layers[0]?.shape?.length === 3 ? 'pixels' : 'bar'
}

/** Cells on a side of a stop's heat map: fewer when there are many stops, none when they are drawn too small to see. */
export function cellsFor(nodes: number): number {
  if (nodes <= 32) return 32
  if (nodes <= 96) return 20
  return nodes <= 400 ? 10 : 0
}

/**
 * Cells on a side of the decision surface: enough for its size on the screen once smoothed, cheap enough for 60 a second;
 * fewer where a point's way is long.
 */
export function surfaceCellsFor(nodes: number): number {
  if (nodes <= 96) return 48
  return nodes <= 400 ? 32 : 24
}
