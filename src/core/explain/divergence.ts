/** Why training diverged: single changes are tried on a copy from a calm moment; the first that trains on names the cause. */
import type { Dataset } from '../data/dataset.ts'
import { type Divergence, type DivergenceCause, editRecipe, type Recipe, recipeValue } from '../spec/index.ts'
import type { Session, SessionState } from '../train/session.ts'

const rate = 'training.optimizer.learningRate'
/** Standardised inputs stay well below. */
const largeInput = 30
/** With `w -= rate * l2 * w`, from here on a weight jumps over zero by as much as it was away. */
const throwing = 1
/** Networks of fewer layers do not make gradients grow from layer to layer. */
const deepLayers = 6
const divisors = [3, 10, 30, 100, 1000]
/** Products that one trial may cost, and its steps. */
const trialProducts = 2e8
const fewestSteps = 20
const mostSteps = 1000
/** Forward and backward pass and update, in products a parameter and row. */
const productsPerWeight = 6
/** A trial that ends this much above where it began did not train on. */
const rise = 1.1

interface Remedy {
  readonly cause: DivergenceCause
  readonly path: string
  readonly value: number | boolean
}

function largestInput({ train }: Dataset): number {
  return train.inputs.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

/** Lower rates: first the one of the calm moment, where it was another. */
function lowerRates(now: Recipe, then: Recipe): Remedy[] {
  const { learningRate } = now.training.optimizer
  const before = then.training.optimizer.learningRate
  const lower = divisors.map((divisor) => Number((learningRate / divisor).toPrecision(2)))
  const values = before < learningRate ? [before, ...lower.filter((value) => value < before)] : lower
  return values.map((value) => ({ cause: 'rate', path: rate, value }))
}

/** What could mend it, the likeliest first: what was changed since the calm moment, then what stands out, then the rate. */
function remedies(session: Session, then: Recipe): Remedy[] {
  const now = session.recipe
  const { optimizer, l2, clip } = now.training
  const found: Remedy[] = []
  if (recipeValue(now, 'data.standardize') === false && largestInput(session.dataset) > largeInput) {
    found.push({ cause: 'inputs', path: 'data.standardize', value: true })
  }
  if (l2 > 0 && optimizer.learningRate * l2 >= throwing) {
    found.push({ cause: 'penalty', path: 'training.l2', value: 0 })
  }
  if (now.network.length >= deepLayers && clip.norm === 0) {
    found.push({ cause: 'layers', path: 'training.clip.norm', value: 1 })
  }
  const rates = lowerRates(now, then)
  const isRaised = then.training.optimizer.learningRate < optimizer.learningRate
  return isRaised ? [...rates, ...found] : [...found, ...rates]
}

function stepsOf(session: Session, calm: SessionState): number {
  const cost = productsPerWeight * session.batchSize * Math.max(1, session.parameterCount)
  const lasted = Math.max(fewestSteps, 2 * (session.step - calm.step))
  return Math.max(fewestSteps, Math.min(mostSteps, lasted, Math.floor(trialProducts / cost)))
}

/** Makes the change of a remedy from the calm moment and trains; the loss before and after, null where it does not hold. */
function tried(
  copy: Session,
  calm: SessionState,
  { path, value }: Remedy,
  steps: number,
  datasets: { readonly own: Dataset; readonly of: (recipe: Recipe) => Dataset },
): readonly [number, number] | null {
  copy.become(calm, datasets.own)
  const isData = path.startsWith('data.')
  const data = isData ? datasets.of(editRecipe(calm.recipe, path, value)) : undefined
  copy.change(path, value, data)
  const before = copy.evaluate().trainLoss
  for (let left = steps; left > 0 && copy.status === 'ready'; ) left -= copy.train(left)
  const after = copy.evaluate().trainLoss
  return copy.status !== 'diverged' && after <= before * rise ? [before, after] : null
}

/**
 * Tries single changes on a copy of a session that diverged, from the state of a calm moment with the same data, seed,
 * layers and optimizer. `datasetOf` makes the data of another recipe. The session stays as it is.
 */
export function diagnose(session: Session, calm: SessionState, datasetOf: (recipe: Recipe) => Dataset): Divergence {
  const copy = session.copy()
  const trialSteps = stepsOf(session, calm)
  const told = ({ cause, path, value }: Remedy, loss: Divergence['loss']): Divergence => {
    const from = recipeValue(session.recipe, path)
    return {
      cause,
      step: calm.step,
      path,
      from: typeof from === 'boolean' ? from : Number(from),
      value,
      trialSteps,
      loss,
    }
  }
  try {
    for (const remedy of remedies(session, calm.recipe)) {
      const loss = tried(copy, calm, remedy, trialSteps, { own: session.dataset, of: datasetOf })
      if (loss !== null) return told(remedy, loss)
    }
    copy.become(calm, session.dataset)
    const { trainLoss } = copy.evaluate()
    const gentlest = Number((session.recipe.training.optimizer.learningRate / (divisors.at(-1) ?? 1)).toPrecision(2))
    return told({ cause: 'unknown', path: rate, value: gentlest }, [trainLoss, trainLoss])
  } finally {
    copy.dispose()
  }
}
