/** The brush in the hand: what it is, where it is, and what its movements put and take. */
import { ref, shallowRef } from 'vue'
import { mostPaintedPoints, type PaintedPoint } from '../../core/spec/index.ts'
import { distanceOf, nearest, pointAt, sprayed, within } from './brush.ts'
import type { Place } from './probe.ts'
import type { Strokes } from './strokes.ts'

export type Tool = 'point' | 'spray' | 'eraser'

/** Points of one stroke are at least this far apart, in units of the plane: just more than a mark is wide. */
const pointGap = 0.3
/** A spray goes on after this part of its radius. */
const sprayGap = 0.5
/** What the right button rubs out while the brush is a point. */
const fingertip = 0.35

/** A movement of the hand that is under way. */
interface Movement {
  readonly stroke: number
  readonly isErasing: boolean
  last: Place | null
}

/** A brush that paints by `strokes`. */
export function createHand({ painting, begin, add }: Strokes) {
  const label = ref(0)
  const tool = ref<Tool>('point')
  const radius = ref(0.8)
  const density = ref(5)
  const cursor = shallowRef<Place>([0, 0])
  let movement: Movement | null = null

  function chooseClass(chosen: number): void {
    label.value = chosen
    if (tool.value === 'eraser') tool.value = 'point'
  }

  /** What the brush puts and takes at a place. */
  function dab(stroke: number, place: Place, isErasing: boolean): void {
    if (isErasing) {
      add(stroke, [], within(painting.value, place, tool.value === 'point' ? fingertip : radius.value))
      return
    }
    const put =
      tool.value === 'spray'
        ? sprayed(place, label.value, radius.value, density.value, Math.random)
        : [pointAt(place, label.value)]
    add(stroke, put.slice(0, mostPaintedPoints - painting.value.length), [])
  }

  /** A movement of the hand begins; with `isErasing` it takes points out whatever the brush is. */
  function press(place: Place, isErasing: boolean): void {
    movement = { stroke: begin(), isErasing: isErasing || tool.value === 'eraser', last: null }
    drag(place)
  }
  /** The hand moves, with or without having pressed. */
  function drag(place: Place): void {
    cursor.value = place
    if (movement === null) return
    const gap = movement.isErasing ? 0 : tool.value === 'spray' ? radius.value * sprayGap : pointGap
    if (movement.last !== null && distanceOf(movement.last, place) < gap) return
    movement.last = place
    dab(movement.stroke, place, movement.isErasing)
  }
  function release(): void {
    movement = null
  }

  /** One touch of the brush at the cross-hair. */
  const drop = (): void => dab(begin(), cursor.value, tool.value === 'eraser')

  /** Takes out the point that is closest to the cross-hair; tells which, null for none. */
  function takeNearest(): PaintedPoint | null {
    const found = nearest(painting.value, cursor.value)
    if (found !== null) add(begin(), [], [found])
    return found
  }

  return { label, tool, radius, density, cursor, chooseClass, press, drag, release, drop, takeNearest }
}
