/** What a trained model says next, word after word. */
import type { Dataset } from '../data/dataset.ts'
import { Stream } from '../data/random.ts'
import { cutterOf, type NextWord, plainText, type Recipe, type Ride, type RideStep } from '../spec/index.ts'
import { atTemperature, pick } from '../train/lesson.ts'
import { contextInputs } from '../train/teach.ts'

/** How to go on with a text. */
export interface RideOptions {
  readonly words: number
  /** 0 takes the likeliest. */
  readonly temperature: number
  /** Answers listed for each word. */
  readonly top: number
  readonly seed: number
}

interface Model {
  readonly recipe: Recipe
  readonly dataset: Dataset
  predict(inputs: Float32Array): Float32Array
}

/** Goes on with a text; an answer joins it after a space. Throws `TEACH-001`, `RECIPE-016`, `DATA-005`. */
export function rideOn(model: Model, text: string, { words, temperature, top, seed }: RideOptions): Ride {
  const { recipe, dataset } = model
  const random = new Stream(seed, 'sampling')
  const steps: RideStep[] = []
  let context = contextInputs(dataset, recipe, text).context
  const tokens = tokensOf(recipe, dataset)
  while (steps.length < words) {
    const { inputs } = contextInputs(dataset, recipe, context)
    const probabilities = Array.from(model.predict(inputs))
    const all: NextWord[] = probabilities.map((probability, answer) => ({
      answer,
      text: dataset.outputNames[answer] ?? '',
      probability,
    }))
    const taken = all[pick(atTemperature(probabilities, temperature), random.uniform())]
    if (taken === undefined) throw new Error('internal: a model of sentences has answers')
    const next = [...all].sort((a, b) => b.probability - a.probability).slice(0, top)
    steps.push({ context, ...tokens(context), next, taken })
    context = plainText(`${context} ${taken.text}`)
  }
  return { text: context, steps }
}

/** Tells the tokens of a text that the network has an input for from the others. */
function tokensOf(
  { data }: Recipe,
  dataset: Dataset,
): (text: string) => { readonly known: readonly string[]; readonly unknown: readonly string[] } {
  if (data.source !== 'sentences') throw new Error('internal: only sentences have tokens')
  const cutter = cutterOf(data.tokenizer, dataset.contexts.join('\n'))
  const names = new Set(dataset.inputNames)
  return (text) => {
    const tokens = [...new Set(cutter.cut(text))]
    return { known: tokens.filter((token) => names.has(token)), unknown: tokens.filter((token) => !names.has(token)) }
  }
}
