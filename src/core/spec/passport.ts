/** What is known of one parameter, and of the routes it is part of. */

/** A parameter that training leaves alone. */
export interface Hold {
  readonly name: string
  readonly index: number
  /** The update leaves it and the optimizer's memory of it as they are. */
  readonly frozen: boolean
  /** The value it had before it was switched off and held at 0; null while it is on. */
  readonly off: number | null
}

/** A stop (or with `node` null a layer) of which all is frozen, or that is switched off; the input is layer 0. */
export interface HeldGroup {
  readonly layer: number
  readonly node: number | null
  readonly frozen: boolean
  readonly off: boolean
}

/**
 * Parts of an update, which add up to its change:
 * - `gradient`: rate x the gradient as it came
 * - `clipping`: rate x what the bounds took off the gradient
 * - `penalty`: rate x the pull of L1 and L2
 * - `momentum`: what remembered gradients add to this one
 * - `scale`: what the optimizer's own measure of step makes of it (RMSProp, Adagrad, Adadelta, Adam and kin)
 * - `decay`: weight decay (AdamW)
 * - `hold`: what a frozen or switched-off parameter was kept from
 * - `rounding`: what is left by arithmetic of 24 bits
 */
export type UpdatePartKind = 'gradient' | 'clipping' | 'penalty' | 'momentum' | 'scale' | 'decay' | 'hold' | 'rounding'

export interface UpdatePart {
  readonly kind: UpdatePartKind
  /** Signed, as it is added to the parameter. */
  readonly change: number
}

/** The last update of a watched parameter. */
export interface UpdateParts {
  /** Number of the step that made it. */
  readonly step: number
  readonly from: number
  readonly to: number
  /** Those that the optimizer and the recipe have; always `gradient` and `rounding`. */
  readonly parts: readonly UpdatePart[]
  /**
   * Numbers of the formula by name: `rate`, `gradient` (as it came), `clipped` (with bounds and penalties), `update` (the
   * count of updates), the optimizer's hyperparameters, and each of its memories as `NAME.before` and `NAME.after`.
   */
  readonly numbers: Readonly<Record<string, number>>
}

/** What switching a parameter off would do. */
export interface Damage {
  readonly loss: readonly [before: number, after: number]
  readonly accuracy: readonly [before: number, after: number] | null
  /** Outputs for the passenger (probabilities, or values), before and after; null without a passenger. */
  readonly outputs: { readonly before: readonly number[]; readonly after: readonly number[] } | null
}

/** All about one weight or bias. */
export interface Passport {
  readonly name: string
  readonly index: number
  readonly kind: 'weight' | 'bias'
  /** Layer that it belongs to, an index into the run's layers. */
  readonly layer: number
  /** Stops that it joins, counted within their layers: from the layer before (null for a bias) to its own; null where no single pair of stops shares it. */
  readonly from: number | null
  readonly to: number | null
  readonly value: number
  readonly frozen: boolean
  readonly off: number | null
  /** Gradient of the last batch; 0 before the first. */
  readonly gradient: number
  /** Slope of the loss of all training data against this parameter, now. */
  readonly slope: number
  /** Mean loss of all training data, now. */
  readonly loss: number
  /** null until it was updated while watched. */
  readonly update: UpdateParts | null
  /** Since the start, thinned: [step, value] one after the other, the newest last. */
  readonly history: readonly number[]
  /** Its last updates while watched: [step, value after, gradient] one after the other. */
  readonly recent: readonly number[]
  /** What it carries to the destination's output for the passenger; its share of the |carried| of its layer. Null without both. */
  readonly contribution: { readonly value: number; readonly share: number } | null
  readonly damage: Damage
}

/** Loss of all training data against one parameter, everything else as it is. */
export interface Sweep {
  readonly values: readonly number[]
  readonly losses: readonly number[]
  /** Where it stands, and the slope there. */
  readonly value: number
  readonly loss: number
  readonly slope: number
}

/** A route from an input to an output: one stop a layer. */
export interface Route {
  /** Stops within their layers, the input's first. */
  readonly stops: readonly number[]
  /** Index of the weight taken in each gap, within the tensor `names[gap]` of the list. */
  readonly weights: readonly number[]
  /** Input times weights times slopes of the activations: what it carries to the destination's sum, of first order. */
  readonly carried: number
  /** |carried| over the sum of |carried| of all routes. */
  readonly share: number
}

export interface RouteList {
  /** Name of the weight tensor of each gap. */
  readonly names: readonly string[]
  /** Those that carry most towards the destination, the strongest first. */
  readonly routes: readonly Route[]
  /** Number of all routes from the inputs that are not 0. */
  readonly count: number
  /** Sum of |carried| of all routes; biases apart. */
  readonly total: number
}
