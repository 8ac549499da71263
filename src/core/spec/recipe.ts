/**
 * The recipe: one JSON document that says everything about a network and its training.
 * These types are its accepted form, with every default written in (`acceptRecipe` in `check.ts` makes it).
 */

import type { LayerSpec } from './layers.ts'
import type { PaintedPoint } from './painting.ts'

export const recipeFormat = 'paramap/1'

/** Sets of points that are drawn at random. */
export const randomShapes = ['circle', 'xor', 'gauss', 'spiral', 'plane', 'multi-gauss'] as const
export type RandomShape = (typeof randomShapes)[number]

/** The random ones, and `drawn`: painted by hand. */
export const pointShapes = [...randomShapes, 'drawn'] as const
export type PointShape = (typeof pointShapes)[number]

/** Features that a point's x and y can be turned into, in the order in which they enter the network. */
export const pointFeatures = ['x', 'y', 'x^2', 'y^2', 'xy', 'sin x', 'sin y'] as const
export type PointFeature = (typeof pointFeatures)[number]

/** Pieces of a text: words, Hangul syllables (other words whole), Hangul letters, characters, UTF-8 bytes, frequent pairs. */
export const tokenizers = ['word', 'syllable', 'jamo', 'char', 'byte', 'bpe'] as const
export type Tokenizer = (typeof tokenizers)[number]

export const losses = ['auto', 'cross-entropy', 'binary-cross-entropy', 'hinge', 'mse', 'mae', 'huber'] as const
export type Loss = (typeof losses)[number]

export const optimizers = [
  'sgd',
  'momentum',
  'nesterov',
  'rmsprop',
  'adagrad',
  'adadelta',
  'adam',
  'adamw',
  'adamax',
  'nadam',
] as const
export type OptimizerName = (typeof optimizers)[number]

export const schedules = ['constant', 'step', 'exponential', 'cosine', 'linear', 'one-cycle'] as const
export type ScheduleName = (typeof schedules)[number]

export const initializers = [
  'xavier-uniform',
  'xavier-normal',
  'he-uniform',
  'he-normal',
  'uniform',
  'normal',
  'orthogonal',
  'constant',
  'zeros',
] as const
export type Initializer = (typeof initializers)[number]

/**
 * Points in the plane, -6 <= x, y <= 6: two classes, one number for `plane` and `multi-gauss`, for `drawn` the classes of
 * `points`. `samples`, `noise` and `draw` mean nothing for `drawn`, `points` nothing for the others: they are kept for
 * when the shape is chosen again.
 */
export interface PointsData {
  readonly source: 'points'
  readonly shape: PointShape
  /** There for `drawn`, and for others where something was painted before. */
  readonly points?: readonly PaintedPoint[]
  readonly samples: number
  readonly noise: number
  readonly testShare: number
  readonly features: readonly PointFeature[]
  /** Number of the draw: the same seed draws other points for another number. */
  readonly draw: number
}

/** A table in a file; `inputs` empty means every column but the target. */
export interface CsvData {
  readonly source: 'csv'
  readonly path: string
  readonly target: string
  readonly inputs: readonly string[]
  readonly testShare: number
  readonly standardize: boolean
}

/** One sentence to learn: after `context` comes `answer`; a negative reward says that it should not. */
export interface SentenceExample {
  readonly context: string
  readonly answer: string
  readonly reward: number
}

/** The learner's own sentences; every word of the contexts is an input, every word of the answers an output. */
export interface SentencesData {
  readonly source: 'sentences'
  readonly tokenizer: Tokenizer
  readonly examples: readonly SentenceExample[]
}

/** Tables that come with the program. */
export const tableNames = ['iris', 'penguins'] as const

/** What becomes of rows with empty cells: left out, filled with the mean, or empty as a value of its own. */
export const missingRules = ['drop', 'mean', 'category'] as const
export type MissingRule = (typeof missingRules)[number]

/** What becomes of rows that occur more than once: nothing, all on one side of the split, only the first stays. */
export const duplicateRules = ['keep', 'together', 'drop'] as const
export type DuplicateRule = (typeof duplicateRules)[number]

/** How a text file may be written; `EUC-KR` is what browsers call CP949. */
export const textEncodings = ['UTF-8', 'UTF-16LE', 'UTF-16BE', 'EUC-KR'] as const
export type TextEncoding = (typeof textEncodings)[number]

/** What may stand between two values of a table. */
export const separators = [',', ';', '\t', '|'] as const
export type Separator = (typeof separators)[number]

/** What numbers may have before their fractions. */
export const decimals = ['.', ','] as const
export type Decimal = (typeof decimals)[number]

/** How the file of a table is read; what is not said is found, the first row being the header. */
export interface TableReading {
  readonly encoding?: TextEncoding
  readonly separator?: Separator
  readonly header?: boolean
  readonly decimal?: Decimal
  /** Whether 1,750 is one thousand seven hundred and fifty. */
  readonly thousands?: boolean
  /** Whether rows that cannot be read are left out. */
  readonly skip?: boolean
  /** How many of the first rows are used; all where it is not said. */
  readonly rows?: number
}

/** One cell that was written over: row of the table from 0, column from 0, its new text. */
export type CellEdit = readonly [row: number, column: number, text: string]

/**
 * A table: a bundled one by `name`, or the learner's own by `file`. The content of an own one lies in the model file or,
 * for the command line, in a file called `file` beside the recipe; `content` is the SHA-256 of its text.
 */
export interface TableData {
  readonly source: 'table'
  readonly name?: (typeof tableNames)[number]
  readonly file?: string
  readonly content?: string
  /** Columns to predict; none means the last one. */
  readonly targets: readonly string[]
  /** Columns to learn from; none means all others. */
  readonly inputs: readonly string[]
  readonly missing: MissingRule
  readonly duplicates: DuplicateRule
  readonly testShare: number
  readonly standardize: boolean
  readonly draw: number
  readonly reading?: TableReading
  readonly cells: readonly CellEdit[]
}

/** Handwritten digits, pictures [1, 28, 28] of 0 to 1: the first `samples` of a fixed random order. */
export interface DigitsData {
  readonly source: 'digits'
  readonly samples: number
  readonly testShare: number
  readonly draw: number
}

/** Texts that come with the program; a name always means the same bytes. */
export const textNames = ['pride-and-prejudice', 'little-stories'] as const

/**
 * A text: after every token comes the next one. Rows are stretches of `context` tokens; the end of the text tests.
 * Either `path`, a file, or `name`, a bundled text.
 */
export interface TextData {
  readonly source: 'text'
  readonly path?: string
  readonly name?: (typeof textNames)[number]
  readonly tokenizer: Tokenizer
  readonly context: number
  readonly testShare: number
}

export type DataSpec = PointsData | CsvData | SentencesData | TableData | DigitsData | TextData

/** Every optimizer's own numbers; those that the named optimizer does not use are kept for when it is chosen. */
export interface OptimizerSpec {
  readonly name: OptimizerName
  readonly learningRate: number
  readonly momentum: number
  readonly alpha: number
  readonly rho: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** Share of a weight, times the learning rate, that a step takes away (AdamW). */
  readonly weightDecay: number
  readonly momentumDecay: number
}

/** How the learning rate goes over the steps; numbers that the named schedule does not use are kept. */
export interface ScheduleSpec {
  readonly name: ScheduleName
  /** Steps in which the rate rises from nothing to the whole; the schedule begins after them. */
  readonly warmupSteps: number
  /** Steps from the beginning to the end of `cosine`, `linear` and `one-cycle`. */
  readonly steps: number
  /** Steps after which `step` and `exponential` have multiplied the rate by `factor` once. */
  readonly every: number
  readonly factor: number
  /** What is left of the rate at the end of `cosine` and `linear`. */
  readonly endShare: number
}

/** Bounds of the gradients; 0 is none. First the common norm, then each value. */
export interface ClipSpec {
  readonly norm: number
  readonly value: number
}

/** Where training takes its steps from: the right answers (their cross-entropy), or praise and scolding of drawn ones. */
export const teachingMethods = ['answers', 'praise'] as const
export type TeachingMethod = (typeof teachingMethods)[number]

/** How sentences are taught. */
export interface TeachingSpec {
  readonly method: TeachingMethod
  /** Of the draws; 0 always takes the likeliest. */
  readonly temperature: number
  /** How much of the difference the expected reward of a context moves with each reward; 0 expects nothing. */
  readonly baselineRate: number
}

/** When training ends by itself: whichever comes first. */
export interface StopSpec {
  readonly epochs: number
  /** Seconds of training; 0 for no bound. */
  readonly seconds: number
  /** Ends when the training loss is this low; 0 for no bound. */
  readonly loss: number
  /** Ends after so many epochs without a lower loss, on test data where there are any; 0 waits for ever. */
  readonly patience: number
}

/** Which rule ended training. */
export type StopReason = 'epochs' | 'seconds' | 'loss' | 'patience'

/** The best state of a run so far. */
export interface Best {
  readonly step: number
  readonly epoch: number
  readonly loss: number
  /** The data whose loss decides. */
  readonly on: 'train' | 'test'
}

export interface TrainingSpec {
  readonly loss: Loss
  readonly labelSmoothing: number
  readonly huberDelta: number
  readonly optimizer: OptimizerSpec
  readonly schedule: ScheduleSpec
  readonly clip: ClipSpec
  readonly initializer: Initializer
  /** Bound of `uniform`, deviation of `normal`, value of `constant`. */
  readonly initialScale: number
  readonly batchSize: number
  readonly l1: number
  readonly l2: number
  readonly teaching: TeachingSpec
  readonly stop: StopSpec
}

export interface Recipe {
  readonly format: typeof recipeFormat
  readonly name: string
  readonly seed: number
  readonly data: DataSpec
  readonly network: readonly LayerSpec[]
  readonly training: TrainingSpec
}
