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

/** The whole map. */
export const fitted: Camera = { zoom: 1, left: 0, top: 0 }

/** One press of a zoom button or key; a scroll by keys moves this share of the view. */
export const zoomStep = 1.3
export const scrollStep = 0.25

/** Room that a column and a row can use at most, in px. */
const roomyColumn = 220
const roomyRow = 64

/** How far one may zoom in: until every stop has its room, and always three times. */
export function mostZoom(network: MapNetwork, view: Size): number {
  const tallest = Math.max(1, ...network.layers.map(({ units }) => units))
  return Math.max(3, (network.layers.length * roomyColumn) / view.width, (tallest * roomyRow) / view.height)
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))

/** The camera moved by pixels, kept on the map. */
export function scrolled(camera: Camera, view: Size, dx: number, dy: number): Camera {
  return {
    zoom: camera.zoom,
    left: clamp(camera.left + dx, 0, view.width * (camera.zoom - 1)),
    top: clamp(camera.top + dy, 0, view.height * (camera.zoom - 1)),
  }
}

/** The camera zoomed by a factor so that the map's point under (x, y) of the view stays there. */
export function zoomed(camera: Camera, view: Size, factor: number, x: number, y: number, most: number): Camera {
  const zoom = clamp(camera.zoom * factor, 1, most)
  const grow = zoom / camera.zoom
  return scrolled({ zoom, left: 0, top: 0 }, view, (camera.left + x) * grow - x, (camera.top + y) * grow - y)
}

/** The camera moved just enough that a box is in sight, with a margin. */
export function withinSight(camera: Camera, view: Size, box: Box, margin = 24): Camera {
  const shift = (start: number, length: number, from: number, room: number): number => {
    if (start - margin < from) return start - margin - from
    return Math.max(0, start + length + margin - (from + room))
  }
  const dx = shift(box.x, box.width, camera.left, view.width)
  const dy = shift(box.y, box.height, camera.top, view.height)
  return dx === 0 && dy === 0 ? camera : scrolled(camera, view, dx, dy)
}
