/** A text as rows of tokens that each have a next token. */
import { codedCutter, Fault, pairsOf, type TextData } from '../spec/index.ts'
import type { Dataset, Rows } from './dataset.ts'
import { codedText, mostTokens, unknownToken } from './text-coding.ts'
import { trigramLoss } from './trigram.ts'

/** Numbers of all rows together: 256 MiB of float32. */
const mostNumbers = 2 ** 26
/** Characters beyond it have two UTF-16 units. */
const largestUnit = 0xffff
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

/** Where the test begins, never between the halves of a character of two units. */
function cutOf(text: string, testShare: number): number {
  const cut = Math.round(text.length * (1 - testShare))
  return (text.codePointAt(cut - 1) ?? 0) > largestUnit ? cut + 1 : cut
}

/**
 * What a model of three tokens loses on the tokens that the test rows ask for. It may look two tokens back everywhere,
 * at the beginning of a row and of the test too, where the network cannot.
 */
function trigramOf(learned: readonly number[], rest: readonly number[], test: Rows, data: TextData, count: number) {
  const asked = test.count * data.context
  return (): number => trigramLoss(learned, [...learned.slice(-1), ...rest.slice(0, asked + 1)], count)
}

/** Reads a recipe's text: its end tests, what is before trains and makes the vocabulary. Throws `DATA-00…` faults. */
export function textDataset(data: TextData, text: string): Dataset {
  const { context, testShare } = data
  const cut = cutOf(text, testShare)
  const [learned, rest] = [text.slice(0, cut), text.slice(cut)]
  const pairs = pairsOf(data.tokenizer, learned)
  const words = codedCutter(data.tokenizer, pairs).cut(learned)
  if (words.length <= context) throw new Fault('DATA-006', { count: words.length, context }, 'data.context')
  const tokens = [unknownToken, ...new Set(words)]
  if (tokens.length > mostTokens)
    throw new Fault('DATA-001', { count: tokens.length, max: mostTokens }, 'data.tokenizer')
  const stride = Math.max(1, Math.floor(context / overlap))
  const size = Math.ceil(words.length / stride) * context * 3
  if (size > mostNumbers) throw new Fault('DATA-004', { count: size, max: mostNumbers }, 'data.path')
  const coded = codedText(data, data.tokenizer === 'bpe' ? { tokens, pairs } : { tokens })
  const numbers = (given: string): number[] => coded.tokensOf?.(given) ?? []
  const [learnedNumbers, restNumbers] = [numbers(learned), numbers(rest)]
  const test = rowsOf(restNumbers, context, context)
  return {
    ...coded,
    train: rowsOf(learnedNumbers, context, stride),
    test,
    ...(test.count === 0 ? {} : { trigramLoss: trigramOf(learnedNumbers, restNumbers, test, data, tokens.length) }),
  }
}
