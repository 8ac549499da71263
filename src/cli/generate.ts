/** `paramap generate`: goes on with a text, one token after the other. */
import { Stream } from '../core/data/random.ts'
import { Fault } from '../core/spec/index.ts'
import { Session } from '../core/train/session.ts'
import type { Given, Option } from './arguments.ts'
import { datasetOfModel, readKernels, readModelFile } from './files.ts'
import { exitCodes, type Output, within } from './output.ts'
import { type Choice, sentenceWriter, textWriter } from './writer.ts'

const mostTokens = 100_000
const highestTemperature = 100
/** Next tokens that are listed for people; a text has thousands. */
const mostShown = 20

/** Options of `generate`. */
export const generateOptions: readonly Option[] = [
  { kind: 'text', name: '--prompt' },
  { kind: 'whole', name: '--tokens', min: 1, max: mostTokens },
  { kind: 'number', name: '--temperature', min: 0, max: highestTemperature },
  { kind: 'whole', name: '--top', min: 1, max: mostTokens },
  { kind: 'whole', name: '--seed', min: 0, max: 2 ** 32 - 1 },
]

/** Tokens that are added where nothing else is asked: an answer, or a few words of a text. */
const usualTokens = { sentences: 1, text: 100 }

/** Generates `--tokens` tokens; `next` lists the probabilities of the first. */
export async function generate(given: Given, out: Output): Promise<number> {
  const [modelPath = ''] = given.positionals
  const prompt = given.text('--prompt')
  if (prompt === undefined) throw new Fault('USAGE-003', { name: '--prompt' })
  const model = await readModelFile(modelPath)
  const { data, seed } = model.recipe
  if (data.source !== 'sentences' && data.source !== 'text') {
    return within(modelPath, () => Promise.reject(new Fault('MODEL-013', { source: data.source })))
  }
  const dataset = await within(modelPath, () => datasetOfModel(model))
  const kernels = readKernels('plain')
  const session = await within(modelPath, () => Session.restore(model, dataset, kernels))
  const random = new Stream(given.number('--seed') ?? seed, 'sampling')
  const temperature = given.number('--temperature') ?? 1
  const top = given.number('--top') ?? dataset.outputWidth
  const writer = await within('--prompt', () =>
    data.source === 'text' ? textWriter(session, dataset, data, prompt) : sentenceWriter(session, dataset, prompt),
  )
  let next: readonly Choice[] = []
  for (let i = 0; i < (given.number('--tokens') ?? usualTokens[data.source]); i++) {
    const choices = await within('--prompt', () => writer.choices().slice(0, top))
    if (i === 0) next = choices
    const chosen = sample(choices, temperature, random)
    if (chosen !== undefined) writer.add(chosen)
  }
  session.dispose()
  const text = writer.text()
  out.event({ text, next: next.map(({ token, p }) => ({ token, p })) })
  out.print(text)
  for (const { token, p } of next.slice(0, mostShown)) {
    const shown = token.trim() === '' ? JSON.stringify(token) : token
    out.print(out.say('CLI-next', { token: shown, percent: Math.round(p * 1000) / 10 }))
  }
  return exitCodes.done
}

/** Draws from `p^(1/temperature)`; temperature 0 takes the likeliest. */
function sample(choices: readonly Choice[], temperature: number, random: Stream): Choice | undefined {
  const best = choices[0]
  if (best === undefined || temperature === 0) return best
  // Divided by the largest, so that a low temperature does not make all of them 0.
  const weights = choices.map(({ p }) => (p / best.p) ** (1 / temperature))
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0)
  const index = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return choices[index] ?? best
}
