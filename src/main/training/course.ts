/** What is kept of the way that a run's training took since its start. */
import { type Curve, createCurve } from './curve.ts'
import { createHeapLog, type HeapLog } from './heaps.ts'
import { createMoments, type Moments } from './moments.ts'
import { createTrail, type Trail } from './trail.ts'

/** Curve, paths of the parameters, histograms, past moments, and how long it took. */
export interface Course {
  readonly curve: Curve
  readonly trail: Trail
  readonly heaps: HeapLog
  readonly moments: Moments
  /** How long it has trained since its start. */
  trainedMs: number
}

/** A course that begins, or goes on with a curve whose parameters are others now. */
export function createCourse(curve: Curve = createCurve(), trainedMs = 0): Course {
  return { curve, trail: createTrail(), heaps: createHeapLog(), moments: createMoments(), trainedMs }
}

/** Forgets what came after a step. */
export function cutCourse({ curve, trail, heaps, moments }: Course, step: number): void {
  for (const past of [curve, trail, heaps, moments]) past.cut(step)
}
