/** Looking closer at a chart: wheel, drag and keys choose the stretch of epochs and the point that is read. */
import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import type { CurvePoints } from '../stores/curve-points.ts'
import { curveValue, rowAt } from './decimate.ts'
import { epochRange } from './loss-options.ts'
import { between, moved, type Stretch, zoomedAround } from './zoom.ts'

/** What of a drawn chart is needed to turn pixels into epochs. */
export interface Plot {
  readonly left: number
  readonly right: number
  epochAt(pixel: number): number
}

const wheelFactor = 1.25
/** A drag shorter than this, in px, is a click. */
const shortestDrag = 8
const farSteps = 10

/** What the handlers need to know of rows. */
interface Rows {
  rowAtPixel(at: Plot, pixel: number): number
  /** Enter on the row that is read. */
  choose(row: number): void
}

/** The handlers of a chart of `points`; `plot` is asked anew each time. */
export function useChartZoom(points: Ref<CurvePoints>, plot: () => Plot | null, { rowAtPixel, choose }: Rows) {
  const view = shallowRef<Stretch | null>(null)
  /** Row that is read: by key, or since it was clicked; null for none. */
  const read = ref<number | null>(null)
  const drag = shallowRef<readonly [number, number] | null>(null)
  const all = computed<Stretch>(() => epochRange(curveValue(points.value, points.value.count - 1, 'epoch') || 0))
  const isZoomed = computed(() => view.value !== null)
  // A curve that begins anew, or is cut: what was read or looked at more closely is gone where it reaches no more.
  watch(points, ({ count }, before) => {
    if (count >= before.count) return
    if (read.value !== null && read.value >= count) letGo()
    if (view.value !== null && view.value.max > all.value.max) reset()
    if (count === 0) drag.value = null
  })

  function zoom(factor: number, centre?: number): void {
    const seen = view.value ?? all.value
    view.value = zoomedAround(view.value, all.value, centre ?? (seen.min + seen.max) / 2, factor)
  }
  function reset(): void {
    view.value = null
  }
  function onWheel(event: WheelEvent): void {
    const at = plot()
    if (at === null || event.ctrlKey) return
    event.preventDefault()
    zoom(event.deltaY > 0 ? wheelFactor : 1 / wheelFactor, at.epochAt(event.offsetX))
  }
  function onPointerDown(event: PointerEvent): void {
    const at = plot()
    if (event.button !== 0 || at === null || event.offsetX < at.left || event.offsetX > at.right) return
    drag.value = [event.offsetX, event.offsetX]
  }
  function onPointerMove(event: PointerEvent): void {
    const at = plot()
    if (drag.value === null || at === null) return
    drag.value = [drag.value[0], Math.min(at.right, Math.max(at.left, event.offsetX))]
  }
  function onPointerUp(): void {
    const at = plot()
    const [from, to] = drag.value ?? [0, 0]
    drag.value = null
    if (at === null) return
    if (Math.abs(to - from) < shortestDrag) read.value = rowAtPixel(at, to)
    else view.value = between(at.epochAt(from), at.epochAt(to), all.value)
  }

  /** Reads another row, and brings it into sight. */
  function go(row: number): void {
    const last = points.value.count - 1
    if (last < 0) return
    read.value = Math.min(last, Math.max(0, row))
    const epoch = curveValue(points.value, read.value, 'epoch')
    const seen = view.value
    if (seen !== null && (epoch < seen.min || epoch > seen.max))
      view.value = moved(seen, all.value, (epoch - (seen.min + seen.max) / 2) / (seen.max - seen.min))
  }
  /** A step of the reading point: of the rows in sight about a hundredth, with Shift a tenth. */
  function stride(isFar: boolean): number {
    const seen = view.value ?? all.value
    const rows = rowAt(points.value, seen.max) - rowAt(points.value, seen.min)
    return Math.max(1, Math.round(rows / 100)) * (isFar ? farSteps : 1)
  }
  function onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const now = read.value ?? points.value.count - 1
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => go(now - stride(event.shiftKey)),
      ArrowRight: () => go(now + stride(event.shiftKey)),
      Home: () => go(0),
      End: () => go(points.value.count - 1),
      Equal: () => zoom(1 / wheelFactor, curveValue(points.value, now, 'epoch')),
      NumpadAdd: () => zoom(1 / wheelFactor, curveValue(points.value, now, 'epoch')),
      Minus: () => zoom(wheelFactor),
      NumpadSubtract: () => zoom(wheelFactor),
      Digit0: reset,
      ...(read.value === null ? {} : { Enter: () => choose(now), NumpadEnter: () => choose(now), Escape: letGo }),
      Numpad0: reset,
    }
    const act = keys[event.code]
    if (act === undefined) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  /** Reads the newest point again. */
  function letGo(): void {
    read.value = null
  }
  return { view, read, drag, isZoomed, zoom, reset, onWheel, onPointerDown, onPointerMove, onPointerUp, onKey, letGo }
}
