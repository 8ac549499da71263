/** The pointer on the map: what lies under it, a click that chooses, dragging and the wheel for the camera. */
import { type Ref, type ShallowRef, shallowRef } from 'vue'
import { type Selection, sameSelection } from './selection.ts'
import type { useCamera } from './use-camera.ts'

/** Where the pointer is listened to, and what is done with it. */
interface Pointing {
  readonly canvas: Ref<HTMLCanvasElement | null>
  readonly host: Ref<HTMLElement | null>
  /** What lies under a point of the whole map. */
  readonly under: (x: number, y: number) => Selection | null
  readonly choose: (selection: Selection | null) => void
}

/** Follows the pointer once `listen` was called; the listeners go with the canvas. */
export function usePointing(
  view: ReturnType<typeof useCamera>,
  { canvas, host, under, choose }: Pointing,
): { readonly pointed: ShallowRef<Selection | null>; readonly listen: () => void } {
  const pointed = shallowRef<Selection | null>(null)
  const point = (next: Selection | null): void => {
    if (!sameSelection(next, pointed.value)) pointed.value = next
  }
  const pickAt = (event: PointerEvent | MouseEvent): Selection | null => {
    const box = canvas.value?.getBoundingClientRect()
    if (box === undefined) return null
    const { left, top } = view.camera.value
    return under(event.clientX - box.left + left, event.clientY - box.top + top)
  }
  const onMove = (event: PointerEvent): void => {
    if (view.onDragMove(event)) pointed.value = null
    else point(pickAt(event))
  }
  const onClick = (event: MouseEvent): void => {
    if (!view.onDragEnd()) choose(pickAt(event))
  }
  const listen = (): void => {
    const target = canvas.value
    if (target === null) return
    target.addEventListener('wheel', view.onWheel, { passive: false })
    target.addEventListener('pointerdown', view.onDragStart)
    target.addEventListener('pointermove', onMove)
    target.addEventListener('pointerleave', () => point(null))
    target.addEventListener('pointercancel', view.onDragEnd)
    target.addEventListener('click', onClick)
    host.value?.addEventListener('keydown', view.onKey, { capture: true })
  }
  return { pointed, listen }
}
