/** What teaching by praise and scolding says of itself, and what a model says to a text. */
import type { Recipe } from './recipe.ts'

/** Whether training praises: an answer a step is drawn and rewarded. */
export const learnsByPraise = ({ data, training }: Recipe): boolean =>
  training.teaching.method === 'praise' && data.source === 'sentences'

/** An answer drawn by the model. */
export interface Said {
  /** The context as it was understood: NFC, single spaces. */
  readonly context: string
  /** Index among the outputs, and its text. */
  readonly answer: number
  readonly text: string
  /** Of all answers as learned, that is at temperature 1. */
  readonly probabilities: readonly number[]
  /** What was drawn from: `p^(1/temperature)` over their sum; all of it at the likeliest for temperature 0. */
  readonly drawnFrom: readonly number[]
  readonly temperature: number
  /** The random number, from 0 to below 1; the answer is the first at which the running sum of `drawnFrom` exceeds it. */
  readonly draw: number
  /** Draws of this session so far, this one included. */
  readonly draws: number
}

/** A parameter before and after. */
export interface MovedParameter {
  readonly name: string
  readonly index: number
  readonly from: number
  readonly to: number
}

/** One step of praise or scolding, with all numbers of its formula `loss = -(reward - baseline) log p(answer | context)`. */
export interface TaughtStep {
  readonly context: string
  readonly answer: number
  readonly text: string
  readonly reward: number
  /** What was expected: the mean of the context's earlier rewards, the latest counting most; 0 before the first. */
  readonly baseline: number
  /** `reward - baseline` */
  readonly advantage: number
  /** `log p(answer | context)` before the step. */
  readonly logProbability: number
  /** `-advantage * logProbability` */
  readonly loss: number
  /** `baseline + baselineRate * (reward - baseline)`, which the next step of this context is measured by. */
  readonly nextBaseline: number
  readonly learningRate: number
  /** Probabilities of all answers for the context. */
  readonly before: readonly number[]
  readonly after: readonly number[]
  /** The parameters that moved most, the largest change first; at most ten. */
  readonly moved: readonly MovedParameter[]
  /** Parameters that moved at all. */
  readonly movedCount: number
  /** Number of the step: what `FrameHead.step` was before it. */
  readonly step: number
  /** True where the trainer praised and scolded by itself. */
  readonly automatic: boolean
}

/** One answer and how likely it comes next. */
export interface NextWord {
  readonly answer: number
  readonly text: string
  readonly probability: number
}

/** One stretch of a ride. */
export interface RideStep {
  /** The text so far. */
  readonly context: string
  /** Tokens of it that the network has an input for, and those that it does not know. */
  readonly known: readonly string[]
  readonly unknown: readonly string[]
  /** The likeliest answers, the first the likeliest; equal ones in the order of the outputs. */
  readonly next: readonly NextWord[]
  /** The one that was taken; it joins the text. */
  readonly taken: NextWord
}

/** A text with what the model adds to it. */
export interface Ride {
  readonly text: string
  readonly steps: readonly RideStep[]
}
