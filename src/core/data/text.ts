/** A text as rows of tokens that each have a next token. */
import { Fault, type TextData } from '../spec/index.ts'
import type { Dataset, Rows } from './dataset.ts'
import { cutterOf } from './tokenizer.ts'

/** Stands for every token that the training text does not have. */
const unknownToken = '\ufffd'
/** Different tokens of one text. */
const mostTokens = 8192
/** Numbers of all rows together: 256 MiB of float32. */
const mostNumbers = 2 ** 26
/** Training rows begin so many parts of a context apart: each token is seen at several places of a row. */
const overlap = 4

/** Rows of `context` tokens, `stride` apart, each with the token that follows as its class. */
function rowsOf(tokens: readonly number[], context: number, stride: number): Rows {
  const count = tokens.length <= context ? 0 : Math.floor((tokens.length - 1 - context) / stride) + 1
  const inputs = new Float32Array(count * context)
  const targets = new Float32Array(count * context * 2)
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < context; i++) {
      const at = row * context + i
      inputs[at] = tokens[row * stride + i] ?? 0
      targets[2 * at] = tokens[row * stride + i + 1] ?? 0
      targets[2 * at + 1] = 1
    }
  }
  return { count, inputs, targets }
}

/** Reads a recipe's text: its end tests, what is before trains and makes the vocabulary. Throws `DATA-00…` faults. */
export function textDataset(data: TextData, text: string): Dataset {
  const { context, testShare } = data
  const cut = Math.round(text.length * (1 - testShare))
  const [learned, rest] = [text.slice(0, cut), text.slice(cut)]
  const cutter = cutterOf(data.tokenizer, learned)
  const words = cutter.cut(learned)
  if (words.length <= context) throw new Fault('DATA-006', { count: words.length, context }, 'data.context')
  const vocabulary = [unknownToken, ...new Set(words)]
  if (vocabulary.length > mostTokens)
    throw new Fault('DATA-001', { count: vocabulary.length, max: mostTokens }, 'data.tokenizer')
  const places = new Map(vocabulary.map((token, i) => [token, i]))
  const numbers = (tokens: readonly string[]): number[] => tokens.map((token) => places.get(token) ?? 0)
  const stride = Math.max(1, Math.floor(context / overlap))
  const size = Math.ceil(words.length / stride) * context * 3
  if (size > mostNumbers) throw new Fault('DATA-004', { count: size, max: mostNumbers }, 'data.path')
  const none = new Float32Array(0)
  return {
    task: 'classes',
    inputWidth: context,
    inputShape: [context],
    vocabulary: vocabulary.length,
    positions: context,
    outputWidth: vocabulary.length,
    inputNames: [],
    outputNames: vocabulary,
    train: rowsOf(numbers(words), context, stride),
    test: rowsOf(numbers(cutter.cut(rest)), context, context),
    trainPoints: none,
    testPoints: none,
    contexts: [],
    contextInputs: none,
    tokensOf: (given) => numbers(cutter.cut(given)),
    textOf: (tokens) => cutter.join(tokens.map((token) => vocabulary[token] ?? unknownToken)),
  }
}
