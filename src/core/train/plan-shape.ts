/** What a change of shape would do, tried on a copy. */
import type { Dataset } from '../data/dataset.ts'
import { describeNetwork } from '../nn/network.ts'
import {
  type Continuation,
  editRecipe,
  Fault,
  haveSameData,
  type Recipe,
  reshape,
  type ShapeChange,
  type ShapePlan,
} from '../spec/index.ts'
import { checkRoom } from './room.ts'
import type { Session } from './session.ts'

/** The data of a recipe. */
type DataOf = (recipe: Recipe) => Dataset

interface Changed {
  readonly recipe: Recipe
  readonly continuation: Continuation
  /** Set where the rows of data are others: sentences that enter as tokens. */
  readonly dataset: Dataset | undefined
}

function changed({ recipe: before }: Session, change: ShapeChange, dataOf: DataOf): Changed {
  const { network, continuation } = reshape(before.network, change)
  const recipe = editRecipe(before, 'network', network)
  return { recipe, continuation, dataset: haveSameData(before, recipe) ? undefined : dataOf(recipe) }
}

/** Why a change cannot be; null where it can. Only shapes are looked at, so it costs next to nothing. */
export function refusalOf(session: Session, change: ShapeChange, dataOf: DataOf): Fault | null {
  try {
    const { recipe, dataset = session.dataset } = changed(session, change, dataOf)
    checkRoom(recipe, dataset, describeNetwork(recipe, dataset))
    return null
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

/** Tries a change on a copy of the session. Throws what the change itself would throw. */
export function planShape(session: Session, change: ShapeChange, dataOf: DataOf): ShapePlan {
  const { recipe, continuation, dataset } = changed(session, change, dataOf)
  const copy = session.copy()
  try {
    const { kept = 0 } = copy.change('network', recipe.network, dataset, continuation)
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
