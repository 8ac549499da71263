/** What a recipe's network looks like once built: the layers to draw, the tensors that are learned. */

/** One learned tensor; `offset` counts elements from the start of all parameters laid end to end. */
export interface ParameterInfo {
  /** PyTorch-style name: `layers.0.weight`, `layers.0.bias`. */
  readonly name: string
  readonly kind: 'weight' | 'bias'
  /** Weights of dense layers are [out, in], biases [out]; a norm's scale counts as a bias: penalties leave both alone. */
  readonly shape: readonly number[]
  readonly offset: number
  readonly size: number
  /** Index into the list of layers. */
  readonly layer: number
  /** How the tensor starts where neither the recipe's initialiser nor the rule for biases decides. */
  readonly start?: ParameterStart
}

/** One value, normal numbers of a deviation, or the recipe's initialiser with other numbers of inputs and outputs. */
export type ParameterStart =
  | { readonly value: number }
  | { readonly deviation: number }
  | { readonly fanIn: number; readonly fanOut: number }

/** One neighbourhood of the map; layer 0 is the input, the last is the output. */
export interface LayerInfo {
  readonly role: 'input' | 'hidden' | 'output'
  readonly units: number
  /** An activation, `softmax` at the output of classes, `none` at the input. */
  readonly activation: string
  /** Names of the stops where they have any: features, columns, words, classes. */
  readonly names: readonly string[]
  /** `in x out + out`; 0 for the input. */
  readonly parameterCount: number
  /** Place of this layer's first stop when all stops are laid end to end, the input's first. */
  readonly firstNode: number
  /** Kind of the layer where it is not dense. */
  readonly kind?: string
  /** Shape of one row where it is not a vector: [steps, width], [channels, height, width]. */
  readonly shape?: readonly number[]
}

export type Task = 'classes' | 'number'

/** Mean loss and, for classes, the share of right answers; null where there is no such data. */
export interface Metrics {
  readonly trainLoss: number
  readonly testLoss: number | null
  readonly trainAccuracy: number | null
  readonly testAccuracy: number | null
}
