/** `paramap generate`: goes on with a text, one answer after the other. */

import type { Dataset } from '../core/data/dataset.ts'
import { Stream } from '../core/data/random.ts'
import { Fault, plainText } from '../core/spec/index.ts'
import { Session } from '../core/train/session.ts'
import type { Given, Option } from './arguments.ts'
import { datasetOfModel, readKernels, readModelFile } from './files.ts'
import { exitCodes, type Output, within } from './output.ts'

const mostTokens = 100_000
const highestTemperature = 100

/** Options of `generate`. */
export const generateOptions: readonly Option[] = [
  { kind: 'text', name: '--prompt' },
  { kind: 'whole', name: '--tokens', min: 1, max: mostTokens },
  { kind: 'number', name: '--temperature', min: 0, max: highestTemperature },
  { kind: 'whole', name: '--top', min: 1, max: mostTokens },
  { kind: 'whole', name: '--seed', min: 0, max: 2 ** 32 - 1 },
]

/** One token and how likely it comes next. */
interface Choice {
  readonly token: string
  readonly p: number
}

/** Generates `--tokens` answers; `next` lists the probabilities of the first. */
export async function generate(given: Given, out: Output): Promise<number> {
  const [modelPath = ''] = given.positionals
  const prompt = given.text('--prompt')
  if (prompt === undefined) throw new Fault('USAGE-003', { name: '--prompt' })
  const model = await readModelFile(modelPath)
  if (model.recipe.data.source !== 'sentences') {
    await within(modelPath, () => Promise.reject(new Fault('MODEL-013', { source: model.recipe.data.source })))
  }
  const dataset = await within(modelPath, () => datasetOfModel(model))
  const kernels = readKernels('plain')
  const session = await within(modelPath, () => Session.restore(model, dataset, kernels))
  const random = new Stream(given.number('--seed') ?? model.recipe.seed, 'sampling')
  const temperature = given.number('--temperature') ?? 1
  const top = given.number('--top') ?? dataset.outputWidth
  let text = plainText(prompt)
  let next: readonly Choice[] = []
  for (let i = 0; i < (given.number('--tokens') ?? 1); i++) {
    const choices = await within('--prompt', () => nextChoices(session, dataset, text).slice(0, top))
    if (i === 0) next = choices
    text = `${text} ${sample(choices, temperature, random)}`
  }
  session.dispose()
  out.event({ text, next })
  out.print(text)
  for (const { token, p } of next) out.print(out.say('CLI-next', { token, percent: Math.round(p * 1000) / 10 }))
  return exitCodes.done
}

/** All tokens, the likeliest first; equal ones in the order of the outputs. */
function nextChoices(session: Session, dataset: Dataset, context: string): Choice[] {
  const inputs = dataset.inputsOf?.(context) ?? new Float32Array(dataset.inputWidth)
  return Array.from(session.predict(inputs), (p, i) => ({ token: dataset.outputNames[i] ?? '', p })).sort(
    (a, b) => b.p - a.p,
  )
}

/** Draws from `p^(1/temperature)`; temperature 0 takes the likeliest. */
function sample(choices: readonly Choice[], temperature: number, random: Stream): string {
  const best = choices[0]
  if (best === undefined) return ''
  if (temperature === 0) return best.token
  // Divided by the largest, so that a low temperature does not make all of them 0.
  const weights = choices.map(({ p }) => (p / best.p) ** (1 / temperature))
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0)
  const index = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return (choices[index] ?? best).token
}
