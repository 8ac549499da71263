/** Which part of the map is in sight: zoom and scroll, as pure functions. */
import type { Size } from './layout.ts'
import type { MapNetwork } from './network.ts'
import type { Box } from './plates.ts'

export interface Camera {
  /** 1 shows the whole map. */
  readonly zoom: number
  readonly left: number
  readonly top: number
}

/** What a camera looks at: the view's size, and how far the map may grow beyond it in either direction. */
export interface Stage {
  readonly view: Size
  readonly mostAcross: number
  readonly mostDown: number
}

/** The whole map. */
export const fitted: Camera = { zoom: 1, left: 0, top: 0 }

/** One press of a zoom button or key; a scroll by keys moves this share of the view. */
export const zoomStep = 1.3
export const scrollStep = 0.25

/** Room that a column and a row can use at most, in px; a map that has it already may still be magnified this much. */
const roomyColumn = 220
const roomyRow = 84
const magnified = 3

/** A crowded map grows only where its stops need room, any other in both directions alike. */
export function stageOf(network: MapNetwork, view: Size): Stage {
  const tallest = Math.max(1, ...network.layers.map(({ units }) => units))
  const across = (network.layers.length * roomyColumn) / view.width
  const down = (tallest * roomyRow) / view.height
  if (Math.max(across, down) < magnified) return { view, mostAcross: magnified, mostDown: magnified }
  return { view, mostAcross: Math.max(1.5, across), mostDown: Math.max(1.5, down) }
}

/** The largest zoom that still changes something. */
export const mostZoom = ({ mostAcross, mostDown }: Stage): number => Math.max(mostAcross, mostDown)

/** Size of the whole map at a zoom. */
export function worldSize({ view, mostAcross, mostDown }: Stage, zoom: number): Size {
  return { width: view.width * Math.min(zoom, mostAcross), height: view.height * Math.min(zoom, mostDown) }
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))

/** The camera moved by pixels, kept on the map. */
export function scrolled(camera: Camera, stage: Stage, dx: number, dy: number): Camera {
  const zoom = clamp(camera.zoom, 1, mostZoom(stage))
  const world = worldSize(stage, zoom)
  return {
    zoom,
    left: clamp(camera.left + dx, 0, world.width - stage.view.width),
    top: clamp(camera.top + dy, 0, world.height - stage.view.height),
  }
}

/** The camera zoomed by a factor so that the map's point under (x, y) of the view stays there. */
export function zoomed(camera: Camera, stage: Stage, factor: number, x: number, y: number): Camera {
  const zoom = clamp(camera.zoom * factor, 1, mostZoom(stage))
  const before = worldSize(stage, camera.zoom)
  const after = worldSize(stage, zoom)
  const left = ((camera.left + x) * after.width) / before.width - x
  const top = ((camera.top + y) * after.height) / before.height - y
  return scrolled({ zoom, left, top }, stage, 0, 0)
}

/** The camera moved just enough that a box is in sight, with a margin. */
export function withinSight(camera: Camera, stage: Stage, box: Box, margin = 24): Camera {
  const shift = (start: number, length: number, from: number, room: number): number => {
    if (start - margin < from) return start - margin - from
    return Math.max(0, start + length + margin - (from + room))
  }
  const dx = shift(box.x, box.width, camera.left, stage.view.width)
  const dy = shift(box.y, box.height, camera.top, stage.view.height)
  return dx === 0 && dy === 0 ? camera : scrolled(camera, stage, dx, dy)
}
