/** What is told of a network's answers over all data, and of its numbers over time. Plain data, as it crosses to the page. */

/** One class's figures; null where they would be 0 / 0. */
export interface ClassFigures {
  /** Right among those answered with this class. */
  readonly precision: number | null
  /** Right among those that are of this class. */
  readonly recall: number | null
  /** Harmonic mean of the two. */
  readonly f1: number | null
  /** Rows that are of this class. */
  readonly support: number
}

/** Answers of a network that chooses among classes. */
export interface ClassReport {
  readonly kind: 'classes'
  /** Answers counted, and answers that the data has. */
  readonly counted: number
  readonly of: number
  /** [class, answered] row by row: how often. */
  readonly counts: readonly number[]
  readonly classes: readonly ClassFigures[]
  readonly accuracy: number
  /** Plain mean of the F1 of all classes that occur or were answered. */
  readonly macroF1: number | null
}

/** Answers of one output that is a number, in the numbers of the data. */
export interface NumberFigures {
  /** `1 - sum (y - answer)^2 / sum (y - mean y)^2`; null where all y are the same. */
  readonly r2: number | null
  readonly meanAbsolute: number
  readonly rootMeanSquare: number
  /** Mean of `answer - y`. */
  readonly bias: number
  /** At most some hundred rows, evenly taken: y, answer, y, answer ... */
  readonly pairs: readonly number[]
  /** Residuals `answer - y`, counted. */
  readonly residuals: Bins
}

/** Answers of a network that predicts numbers. */
export interface NumberReport {
  readonly kind: 'number'
  readonly counted: number
  readonly of: number
  readonly outputs: readonly NumberFigures[]
}

export type PartReport = ClassReport | NumberReport

/** The whole report at one step. */
export interface Report {
  readonly step: number
  readonly epoch: number
  readonly train: PartReport
  readonly test: PartReport | null
}

/** Counts in bins of one width from `low` to `high`; both ends belong to their bins. */
export interface Bins {
  readonly low: number
  readonly high: number
  readonly counts: readonly number[]
}

/** A heap of numbers as its histogram and figures; what is not finite is counted apart. */
export interface Heap extends Bins {
  readonly count: number
  /** Of what is finite; 0 where nothing is. */
  readonly least: number
  readonly greatest: number
  readonly mean: number
  /** Of the population: over n. */
  readonly deviation: number
  /** Share that is exactly 0. */
  readonly zeros: number
  readonly notFinite: number
}

/** What a layer holds and does; null where it has no such numbers. */
export interface LayerHeaps {
  readonly weights: Heap | null
  readonly gradients: Heap | null
  readonly activations: Heap | null
  /** Share of its stops that say the same for every row that was tried. */
  readonly dead: number
}

/** One layer's heaps at one step. */
export interface LayerMoment extends LayerHeaps {
  readonly step: number
  readonly epoch: number
}

/** All layers at one step, the input's first. */
export interface Heaps {
  readonly step: number
  readonly epoch: number
  readonly layers: readonly LayerHeaps[]
}
