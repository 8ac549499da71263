/** Painting points on the plane: whether one does, and the painting as it looks with all strokes made so far. */
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { mostPaintedClasses, paintingLacks } from '../../core/spec/index.ts'
import { useApp } from './app.ts'
import { useEdits } from './edits.ts'
import { createHand } from './hand.ts'
import { asPainting, splitPainting } from './painted-points.ts'
import { usePoints } from './points.ts'
import { useProbe } from './probe.ts'
import { useRun } from './run.ts'
import { createStrokes } from './strokes.ts'

/** What a painting begins with. */
export type PaintStart = 'empty' | 'present' | 'last'

export const usePaint = defineStore('paint', () => {
  const app = useApp()
  const run = useRun()
  const edits = useEdits()
  const points = usePoints()
  const probe = useProbe()

  const isOn = ref(false)
  const data = computed(() => (run.current?.recipe.data.source === 'points' ? run.current.recipe.data : null))
  const isDrawn = computed(() => data.value?.shape === 'drawn')
  /** Points that were painted, whatever shape is shown. */
  const painted = computed(() => data.value?.points ?? [])
  const strokes = createStrokes(() => painted.value)
  const hand = createHand(strokes)
  const { painting } = strokes
  /** How many points there are of each class that can be painted. */
  const counts = computed(() => {
    const found = new Array<number>(mostPaintedClasses).fill(0)
    for (const [, , label] of painting.value) found[label] = (found[label] ?? 0) + 1
    return found
  })
  /** One plane at a time is painted. */
  const canPaint = computed(() => app.view === 'lab' && data.value !== null && run.beside === null)
  /** What is missing before the network can learn from the painting; null for nothing. */
  const lack = computed(() => run.current?.notices.find(({ code }) => paintingLacks.includes(code)) ?? null)
  /** The painting as the surface draws it. */
  const shown = computed(() => splitPainting(painting.value, points.current))
  /** The points of the present shape, as a painting would begin with them. */
  const present = computed(() => asPainting(points.current ?? { train: [], test: [] }, run.current?.task === 'classes'))

  watch([isDrawn, canPaint], ([drawn, able]) => {
    if (!drawn || !able) leave()
  })
  watch(
    () => run.current?.run,
    () => {
      strokes.forget()
      leave()
    },
  )

  /** Paints, where there is a painting. */
  function enter(): void {
    isOn.value = isDrawn.value && canPaint.value
    if (isOn.value) probe.place = null
  }
  function leave(): void {
    hand.release()
    isOn.value = false
  }
  /** Paints or leaves painting; of other points it asks first what to begin with. */
  function toggle(): void {
    if (isOn.value) leave()
    else if (isDrawn.value) enter()
    else app.paintShown = true
  }

  /** Turns the points into painted ones. */
  async function begin(start: PaintStart): Promise<void> {
    if (data.value === null) return
    if (start === 'last') await edits.edit('data.shape', 'drawn')
    else await edits.edit('data', { ...data.value, shape: 'drawn', points: start === 'empty' ? [] : present.value })
  }

  /** Takes all points out. */
  function clear(): void {
    strokes.flush()
    if (painting.value.length > 0) void edits.edit('data.points', [])
  }

  return {
    isOn,
    isDrawn,
    painted,
    painting,
    counts,
    canPaint,
    lack,
    shown,
    present,
    enter,
    leave,
    toggle,
    begin,
    clear,
    ...hand,
  }
})
