/** The loss curve of every run: points as frames bring them, edits as marks. */
import { defineStore } from 'pinia'
import { computed, shallowReactive, watch } from 'vue'
import type { Frame } from '../../shared/frame.ts'
import type { Edit } from '../../shared/protocol.ts'
import { appended, type CurvePoints, noPoints } from './curve-points.ts'
import { useRun } from './run.ts'

interface Curve {
  readonly points: CurvePoints
  readonly marks: readonly Edit[]
}

const noCurve: Curve = { points: noPoints, marks: [] }

export const useCurve = defineStore('curve', () => {
  const curves = shallowReactive(new Map<string, Curve>())
  const run = useRun()
  const current = computed(() => curves.get(run.current?.run ?? '') ?? noCurve)
  const points = computed(() => current.value.points)
  /** Points of the run beside the current one. */
  const beside = computed(() => curves.get(run.beside?.run ?? '')?.points ?? noPoints)
  /** Edits of the recipe; a parameter set by hand is a mark too. */
  const marks = computed(() => current.value.marks)

  /** Takes what a frame brings; a new curve drops the old one. */
  function add(frame: Frame): void {
    const { run: id, curveReset, edits } = frame.head
    const added = frame.sections.get('curve')
    if (!curveReset && edits.length === 0 && (added === undefined || added.length === 0)) return
    const old = curveReset ? noCurve : (curves.get(id) ?? noCurve)
    curves.set(id, {
      points: added === undefined ? old.points : appended(old.points, added),
      marks: edits.length === 0 ? old.marks : [...old.marks, ...edits],
    })
  }

  // What no view shows any more is let go.
  watch([() => run.runs.story?.run, () => run.runs.lab?.run, () => run.companion?.run], (kept) => {
    for (const id of curves.keys()) if (!kept.includes(id)) curves.delete(id)
  })

  return { points, beside, marks, add }
})
