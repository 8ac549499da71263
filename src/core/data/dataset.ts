/** Data as a network sees it: float32 rows of inputs and targets, drawn or read once for a recipe. */
import type { Cells } from '../io/cells.ts'
import type { ColumnPreview, Fault, FaultRecord, Task } from '../spec/index.ts'
import type { TableCoding } from './coding.ts'
import type { TextCoding } from './text-coding.ts'

/** Rows of one part of the data. */
export interface Rows {
  readonly count: number
  /** [count, inputWidth] */
  readonly inputs: Float32Array
  /**
   * `classes`: [count, 2], the index of the right class and the reward (1 unless a sentence says otherwise).
   * `number`: [count, outputWidth], the values to predict.
   */
  readonly targets: Float32Array
}

/** A table as it stands in its file, with the cells that were written over. */
export interface Sheet {
  readonly header: readonly string[]
  readonly cells: Cells
  /** What each row is for: 0 left out, 1 to learn from, 2 to test with. */
  readonly parts: Uint8Array
  /** What is in the columns, with the numbers by which they are standardised. */
  readonly columns: () => readonly ColumnPreview[]
}

export interface Dataset {
  readonly task: Task
  readonly inputWidth: number
  readonly outputWidth: number
  /** Shape of one row of inputs where it is no vector: [channels, height, width]; `inputWidth` is its size. */
  readonly inputShape?: readonly number[]
  /** Set where the inputs are tokens, whole numbers below this. */
  readonly vocabulary?: number
  /** Sentences that enter as tokens: what each number means. */
  readonly tokenNames?: readonly string[]
  /** Steps of a row that each have a target, `targets` then being [count, positions, 2]; 1 where it is not given. */
  readonly positions?: number
  /** Features, columns or words. */
  readonly inputNames: readonly string[]
  /** Classes, words or target columns. */
  readonly outputNames: readonly string[]
  readonly train: Rows
  readonly test: Rows
  /** Points: x, y before features, [x, y] a row, in the order of the rows; empty for other data. */
  readonly trainPoints: Float32Array
  readonly testPoints: Float32Array
  /** Sentences: the distinct contexts; `contextInputs` [contexts, inputWidth] are the rows that they make. */
  readonly contexts: readonly string[]
  readonly contextInputs: Float32Array
  /** Turns points [n, 2] into rows of inputs [n, inputWidth]; present for points. */
  readonly featuresOf?: (points: Float32Array) => Float32Array
  /**
   * Turns other text into rows of inputs [n, inputWidth], prepared as the training data was; throws a `Fault`.
   * Sentences: one context. Tables: CSV with a header that has the input columns.
   */
  readonly inputsOf?: (text: string) => Float32Array
  /** Texts: the numbers of a text's tokens, 0 for unknown ones, and the text of such numbers. */
  readonly tokensOf?: (text: string) => number[]
  readonly textOf?: (tokens: readonly number[]) => string
  /** Texts: what `tokensOf` and `textOf` need to know of the training text; it travels in the model file. */
  readonly textCoding?: TextCoding
  /** Texts with a test: what a 3-gram model with add-one smoothing loses on the same tokens, in nats a token. */
  readonly trigramLoss?: () => number
  /** Tables: what `inputsOf` needs to know of the training table; it travels in the model file. */
  readonly coding?: TableCoding
  /** Tables: what a person reads. */
  readonly sheet?: Sheet
  /** The text of the learner's own table; it travels in the model file. */
  readonly tableText?: string
  /** Why nothing can be learned from the data yet. */
  readonly unfinished?: Fault
  /** What is odd about the data but does not stop training: codes with sentences, as faults have. */
  readonly warnings?: readonly FaultRecord[]
}
