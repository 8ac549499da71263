/**
 * The learner's own sentences. Each word of the contexts is one input (1 where it occurs, however often), or the contexts
 * enter as tokens in their order; each distinct answer is one output: an answer of several words counts as a whole,
 * normalised to single spaces.
 */
import { cutterOf, excerpt, Fault, plainText, type SentencesData } from '../spec/index.ts'
import type { Dataset } from './dataset.ts'

/** Distinct words or answers that one network of sentences takes. */
const mostWords = 4096
/** Inputs of all rows together: 64 MiB of float32. */
const mostInputs = 2 ** 24

/** Distinct texts in the order in which they first occur. */
function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

/** Row of inputs of one context: 1 where a known word occurs. */
function bagOfWords(words: readonly string[], places: ReadonlyMap<string, number>): Float32Array {
  const row = new Float32Array(places.size)
  for (const word of words) {
    const place = places.get(word)
    if (place !== undefined) row[place] = 1
  }
  return row
}

/** What stands where a context has fewer words than the longest one. */
const noToken = 0

/** Numbers of the words of one context, from 1 on, the last word last; of a longer one the last words. */
function tokenRow(words: readonly string[], places: ReadonlyMap<string, number>, steps: number): Float32Array {
  const row = new Float32Array(steps).fill(noToken)
  const last = words.slice(-steps)
  row.set(
    last.map((word) => (places.get(word) ?? -1) + 1),
    steps - last.length,
  )
  return row
}

function checkSize(count: number, what: 'words' | 'answers'): void {
  if (count > mostWords)
    throw new Fault(what === 'words' ? 'DATA-001' : 'DATA-002', { count, max: mostWords }, 'data.examples')
}

/** Reads the sentences of a recipe, as tokens in their order or as words that occur. All of them train: there is no test. */
export function sentencesDataset(data: SentencesData, asTokens = false): Dataset {
  const contexts = distinct(data.examples.map((example) => plainText(example.context)))
  const answers = distinct(data.examples.map((example) => plainText(example.answer)))
  const cutter = cutterOf(data.tokenizer, contexts.join('\n'))
  const tokens = (text: string): string[] => cutter.cut(plainText(text))
  const words = distinct(contexts.flatMap(tokens))
  checkSize(words.length, 'words')
  checkSize(answers.length, 'answers')
  const steps = Math.max(1, ...contexts.map((context) => tokens(context).length))
  const inputWidth = asTokens ? steps : words.length
  const cells = data.examples.length * inputWidth
  if (cells > mostInputs) throw new Fault('DATA-004', { count: cells, max: mostInputs }, 'data.examples')

  const places = new Map(words.map((word, i) => [word, i]))
  const outputs = new Map(answers.map((answer, i) => [answer, i]))
  const inputsOf = (text: string): Float32Array => {
    const known = tokens(text).filter((word) => places.has(word))
    if (known.length === 0) throw new Fault('DATA-005', { given: excerpt(text), known: excerpt(words.join(' ')) })
    return asTokens ? tokenRow(known, places, steps) : bagOfWords(known, places)
  }
  const inputs = new Float32Array(cells)
  const targets = new Float32Array(data.examples.length * 2)
  data.examples.forEach((example, row) => {
    inputs.set(inputsOf(example.context), row * inputWidth)
    targets.set([outputs.get(plainText(example.answer)) ?? 0, example.reward], row * 2)
  })
  const contextInputs = new Float32Array(contexts.length * inputWidth)
  contexts.forEach((context, row) => {
    contextInputs.set(inputsOf(context), row * inputWidth)
  })
  const none = new Float32Array(0)
  return {
    task: 'classes',
    inputWidth,
    ...(asTokens ? { inputShape: [steps], vocabulary: words.length + 1, tokenNames: ['', ...words] } : {}),
    outputWidth: answers.length,
    inputNames: asTokens ? [] : words,
    outputNames: answers,
    train: { count: data.examples.length, inputs, targets },
    test: { count: 0, inputs: none, targets: none },
    trainPoints: none,
    testPoints: none,
    contexts,
    contextInputs,
    inputsOf,
  }
}
