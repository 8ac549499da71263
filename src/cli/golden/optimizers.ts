/** Which training a golden optimizer case asks for, by its label. A new optimizer is one line here. */
import type { TrainingSpec } from '../../core/spec/index.ts'

/** Reads a number among the attributes of a case, or gives PyTorch's default. */
type NumberAttribute = (name: string, otherwise?: number) => number

/** What an update reads. */
export type UpdateSpec = Pick<TrainingSpec, 'optimizer' | 'l1' | 'l2'>

type Line = (attribute: NumberAttribute, betas: readonly [number, number]) => UpdateSpec

const none = { momentum: 0, beta1: 0, beta2: 0, epsilon: 0 }

const sgd: Line = (attribute) => ({
  optimizer: { ...none, name: 'sgd', learningRate: attribute('lr') },
  l1: 0,
  l2: attribute('weight_decay', 0),
})

const momentum: Line = (attribute) => ({
  optimizer: { ...none, name: 'momentum', learningRate: attribute('lr'), momentum: attribute('momentum') },
  l1: 0,
  l2: attribute('weight_decay', 0),
})

const adam: Line = (attribute, [beta1, beta2]) => ({
  optimizer: { ...none, name: 'adam', learningRate: attribute('lr'), beta1, beta2, epsilon: attribute('eps', 1e-8) },
  l1: 0,
  l2: attribute('weight_decay', 0),
})

/** By label. */
const updateLines: Readonly<Record<string, Line>> = {
  sgd,
  sgd_weight_decay: sgd,
  sgd_momentum: momentum,
  adam,
  adam_l2: adam,
}

/** The update that a case asks for; a text says what is not there yet. */
export function updateOf(label: string, attributes: ReadonlyMap<string, unknown>): UpdateSpec | string {
  const line = Object.hasOwn(updateLines, label) ? updateLines[label] : undefined
  if (line === undefined) return label
  const unread = new Set(attributes.keys())
  const attribute: NumberAttribute = (name, otherwise) => {
    unread.delete(name)
    const value = attributes.get(name) ?? otherwise
    if (typeof value !== 'number') throw new TypeError(`${label}.attrs.${name}: expected a number`)
    return value
  }
  const [beta1 = 0.9, beta2 = 0.999] = (attributes.get('betas') ?? []) as readonly number[]
  const spec = line(attribute, [beta1, beta2])
  if (spec.optimizer.name === 'adam') unread.delete('betas')
  const [first] = unread
  return first === undefined ? spec : `${label} with ${first}`
}
