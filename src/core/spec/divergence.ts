/** What is told of a training that diverged. Plain data, as it crosses to the page. */

/**
 * What one change mends:
 * - `inputs`: standardised inputs, where they were large
 * - `penalty`: no L2 penalty, where rate times penalty threw the weights over zero
 * - `layers`: gradients cut to length 1, where they grew from layer to layer
 * - `rate`: a lower learning rate
 * - `unknown`: none of these within the trial
 */
export type DivergenceCause = 'inputs' | 'penalty' | 'layers' | 'rate' | 'unknown'

export interface Divergence {
  readonly cause: DivergenceCause
  /** The moment from which it was tried, of those kept the one with the lowest loss. */
  readonly step: number
  /** The value of the recipe to change, what it was and what was tried. */
  readonly path: string
  readonly from: number | boolean
  readonly value: number | boolean
  /** Steps of the trial, and the training loss before and after it. */
  readonly trialSteps: number
  readonly loss: readonly [before: number, after: number]
}
