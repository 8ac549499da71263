/** What a change of shape would do, tried on a copy. */
import { reshape, type ShapeChange, type ShapePlan } from '../spec/index.ts'
import type { Session } from './session.ts'

/** Tries a change on a copy of the session. Throws what the change itself would throw. */
export function planShape(session: Session, change: ShapeChange): ShapePlan {
  const { network, continuation } = reshape(session.recipe.network, change)
  const copy = session.copy()
  try {
    const { kept = 0 } = copy.change('network', network, undefined, continuation)
    return {
      kept,
      fresh: copy.parameterCount - kept,
      gone: session.parameterCount - kept,
      count: [session.parameterCount, copy.parameterCount],
      loss: [session.evaluate().trainLoss, copy.evaluate().trainLoss],
    }
  } finally {
    copy.dispose()
  }
}
