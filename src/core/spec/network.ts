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
  /** Stops: of a vector its numbers, of a picture its channels, of a sequence the width of its steps. */
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
  /** Shape of one row where stops are more than numbers: [steps, width], [channels, height, width] (laid flat or not). */
  readonly shape?: readonly number[]
  /** What the whole numbers of an input mean, where they are tokens. */
  readonly tokens?: readonly string[]
}

/** Height and width of what each stop of a layer computes: of a number 1 and 1, of a sequence a row of steps. */
export function stopSides({ shape }: Pick<LayerInfo, 'shape'>): { readonly height: number; readonly width: number } {
  if (shape === undefined) return { height: 1, width: 1 }
  const [first = 1, height = 1, width = 1] = shape
  return shape.length === 3 ? { height, width } : { height: 1, width: first }
}

/** How far apart the values of neighbouring stops lie, and those of one: a picture lies together, a sequence step by step. */
export function valueStrides(layer: Pick<LayerInfo, 'units' | 'shape'>): {
  readonly stop: number
  readonly value: number
} {
  if (layer.shape?.length !== 3) return { stop: 1, value: layer.units }
  return { stop: valueCount(layer) / layer.units, value: 1 }
}

/** Numbers that a layer computes for a row. */
export function valueCount(layer: Pick<LayerInfo, 'units' | 'shape'>): number {
  const { height, width } = stopSides(layer)
  return layer.units * height * width
}

export type Task = 'classes' | 'number'

/** Mean loss and, for classes, the share of right answers; null where there is no such data. */
export interface Metrics {
  readonly trainLoss: number
  readonly testLoss: number | null
  readonly trainAccuracy: number | null
  readonly testAccuracy: number | null
}
