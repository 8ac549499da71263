/** Changes made by hand at places on screen: those that are too close to be told apart are one group. */
import type { Edit } from '../../shared/protocol.ts'
import type { CurvePoints } from '../stores/curve-points.ts'
import { curveValue, rowAt } from './decimate.ts'

/** Places nearer than this, in px, share one mark: it is the size of what one can press. */
const closest = 24

/** Edits that share a mark, the oldest first, and where it stands. */
export interface MarkGroup {
  readonly x: number
  readonly edits: readonly Edit[]
}

/** Groups of edits by their places in px; those whose place is no number have none. */
export function groupedMarks(edits: readonly Edit[], placeOf: (edit: Edit) => number): readonly MarkGroup[] {
  const groups: { x: number; edits: Edit[] }[] = []
  const placed = edits.map((edit) => ({ edit, x: placeOf(edit) })).filter(({ x }) => Number.isFinite(x))
  for (const { edit, x } of placed.sort((a, b) => a.x - b.x)) {
    const last = groups.at(-1)
    if (last !== undefined && x - last.x < closest) last.edits.push(edit)
    else groups.push({ x: Math.round(x), edits: [edit] })
  }
  return groups
}

/** Training loss as last measured before an edit and as first measured after it; NaN where it was not. */
export function lossAround(points: CurvePoints, { step }: Edit): readonly [number, number] {
  const after = rowAt(points, step + 1, 'step')
  return [curveValue(points, after - 1, 'trainLoss'), curveValue(points, after, 'trainLoss')]
}
