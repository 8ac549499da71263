/** Zoom and scroll of the map by wheel, drag, buttons and keys. */
import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import {
  type Camera,
  fitted,
  mostZoom,
  scrolled,
  scrollStep,
  stageOf,
  withinSight,
  worldSize,
  zoomed,
  zoomStep,
} from './camera.ts'
import type { Size } from './layout.ts'
import type { MapNetwork } from './network.ts'
import type { Box } from './plates.ts'

/** A wheel's 100 px zoom by about this factor. */
const wheelFactor = 1.18
/** A press that moves less than this is a click. */
const dragThreshold = 4

/** Starts from the whole map and returns to it when the shape of the network changes. */
export function useCamera(network: ComputedRef<MapNetwork>, size: ShallowRef<Size>) {
  const camera = shallowRef<Camera>(fitted)
  const stage = computed(() => stageOf(network.value, size.value))
  const most = computed(() => mostZoom(stage.value))
  /** Size of the whole map. */
  const world = computed(() => worldSize(stage.value, camera.value.zoom))
  let dragFrom: { x: number; y: number; camera: Camera } | null = null
  let dragged = false

  watch([() => network.value.layers.map(({ units }) => units).join('-'), size], ([shape], [before]) => {
    camera.value = shape === before ? scrolled(camera.value, stage.value, 0, 0) : fitted
  })

  function zoomBy(factor: number, x = size.value.width / 2, y = size.value.height / 2): void {
    camera.value = zoomed(camera.value, stage.value, factor, x, y)
  }
  function scrollBy(dx: number, dy: number): void {
    camera.value = scrolled(camera.value, stage.value, dx, dy)
  }
  function fit(): void {
    camera.value = fitted
  }
  function show(box: Box): void {
    camera.value = withinSight(camera.value, stage.value, box)
  }

  function onWheel(event: WheelEvent): void {
    event.preventDefault()
    const box =
      event.currentTarget instanceof Element ? event.currentTarget.getBoundingClientRect() : { left: 0, top: 0 }
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) scrollBy(event.deltaX || event.deltaY, 0)
    else zoomBy(wheelFactor ** (-event.deltaY / 100), event.clientX - box.left, event.clientY - box.top)
  }
  function onDragStart(event: PointerEvent): void {
    if (event.button !== 0) return
    dragFrom = { x: event.clientX, y: event.clientY, camera: camera.value }
    dragged = false
  }
  /** Returns whether the pointer is dragging the map. */
  function onDragMove(event: PointerEvent): boolean {
    if (dragFrom === null) return false
    const [dx, dy] = [event.clientX - dragFrom.x, event.clientY - dragFrom.y]
    if (!dragged && Math.hypot(dx, dy) > dragThreshold && camera.value.zoom > 1) {
      dragged = true
      if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId)
    }
    if (dragged) camera.value = scrolled(dragFrom.camera, stage.value, -dx, -dy)
    return dragged
  }
  /** Returns whether the press was a drag, so that it is no click. */
  function onDragEnd(): boolean {
    const was = dragged
    dragFrom = null
    dragged = false
    return was
  }
  /** Ctrl with an arrow scrolls, with `+`, `-`, `0` zooms; returns whether the key was one of these. */
  function onKey(event: KeyboardEvent): boolean {
    if (!event.ctrlKey && !event.metaKey) return false
    const across = size.value.width * scrollStep
    const down = size.value.height * scrollStep
    const moves: Record<string, () => void> = {
      ArrowLeft: () => scrollBy(-across, 0),
      ArrowRight: () => scrollBy(across, 0),
      ArrowUp: () => scrollBy(0, -down),
      ArrowDown: () => scrollBy(0, down),
      '=': () => zoomBy(zoomStep),
      '+': () => zoomBy(zoomStep),
      '-': () => zoomBy(1 / zoomStep),
      '0': fit,
    }
    const move = moves[event.key]
    if (move === undefined) return false
    event.preventDefault()
    event.stopPropagation()
    move()
    return true
  }

  return { camera, most, world, zoomBy, fit, show, onWheel, onDragStart, onDragMove, onDragEnd, onKey }
}
