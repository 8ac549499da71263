/** How a text becomes tokens. Learned from the training text, kept in the model file: the model then needs no text. */

import { mostPairs } from '../spec/byte-pairs.ts'
import { type Cutter, codedCutter, type DataSpec, Fault, type TextData } from '../spec/index.ts'
import type { Dataset } from './dataset.ts'

/** All that is needed to cut and join texts without the training text. Plain JSON. */
export interface TextCoding {
  /** The vocabulary in the order of the network's outputs; the first stands for every unknown token. */
  readonly tokens: readonly string[]
  /** `bpe` alone: the pairs to join, in order. */
  readonly pairs?: readonly (readonly [string, string])[]
}

/** Stands for every token that the training text does not have. */
export const unknownToken = '\ufffd'
/** Different tokens of one text. */
export const mostTokens = 8192

/** The tokenizer of a coding. */
export const cutterOfCoding = (data: TextData, coding: TextCoding): Cutter =>
  codedCutter(data.tokenizer, coding.pairs ?? [])

/** A dataset without rows, for a model whose training text is elsewhere: it can read and write text. */
export function codedText(data: TextData, coding: TextCoding): Dataset {
  const { tokens: vocabulary } = coding
  const { context } = data
  const cutter = cutterOfCoding(data, coding)
  const places = new Map(vocabulary.map((token, i) => [token, i]))
  const none = new Float32Array(0)
  const nothing = { count: 0, inputs: none, targets: none }
  return {
    task: 'classes',
    inputWidth: context,
    inputShape: [context],
    vocabulary: vocabulary.length,
    positions: context,
    outputWidth: vocabulary.length,
    inputNames: [],
    outputNames: vocabulary,
    train: nothing,
    test: nothing,
    trainPoints: none,
    testPoints: none,
    contexts: [],
    contextInputs: none,
    tokensOf: (text) => cutter.cut(text).map((token) => places.get(token) ?? 0),
    textOf: (tokens) => cutter.join(tokens.map((token) => vocabulary[token] ?? unknownToken)),
    textCoding: coding,
  }
}

const byteToken = /^[0-9a-f]{2}$/

/** Checks what a model file says about its text. Throws `MODEL-009` for what no text can have. */
export function acceptTextCoding(value: unknown, data: DataSpec): TextCoding {
  if (data.source !== 'text' || typeof value !== 'object' || value === null) throw wrongCoding()
  const { tokens, pairs }: { tokens?: unknown; pairs?: unknown } = value
  if (!Array.isArray(tokens) || tokens.length < 2 || tokens.length > mostTokens || !tokens.every(isToken)) {
    throw wrongCoding()
  }
  if (tokens[0] !== unknownToken || new Set(tokens).size !== tokens.length) throw wrongCoding()
  if (data.tokenizer === 'byte' && !tokens.slice(1).every((token) => byteToken.test(token))) throw wrongCoding()
  if (data.tokenizer !== 'bpe') {
    if (pairs !== undefined) throw wrongCoding()
    return { tokens }
  }
  if (!Array.isArray(pairs) || pairs.length > mostPairs || !pairs.every(isPair)) throw wrongCoding()
  return { tokens, pairs }
}

const isToken = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isPair = (value: unknown): value is readonly [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every(isToken)

const wrongCoding = (): Fault => new Fault('MODEL-009', { field: 'paramap.vocabulary' })
