/** The readers that take what others made, each with the inputs that it is fed. */
import { buildDataset } from '../../src/core/data/build.ts'
import type { Stream } from '../../src/core/data/random.ts'
import { parseJson } from '../../src/core/io/json.ts'
import { readModel } from '../../src/core/io/model.ts'
import { readSafetensors } from '../../src/core/io/safetensors.ts'
import { acceptRecipe, Fault } from '../../src/core/spec/index.ts'
import { sentences } from '../../src/shared/messages.ts'
import { csvInput, modelInput, recipeInput, safetensorsInput } from './generate.ts'

export interface Target {
  readonly name: string
  /** Draws one input, reads it; throws whatever the reader throws. */
  readonly run: (random: Stream) => void
}

const csvRecipe = acceptRecipe({
  format: 'paramap/1',
  data: { source: 'csv', path: 'a.csv', target: 'y' },
  network: [],
})

export const targets: readonly Target[] = [
  { name: 'safetensors', run: (random) => void readSafetensors(safetensorsInput(random)) },
  { name: 'model', run: (random) => void readModel(modelInput(random)) },
  { name: 'csv', run: (random) => void buildDataset(csvRecipe, { csv: csvInput(random) }) },
  { name: 'recipe', run: (random) => void acceptRecipe(recipeInput(random)) },
  {
    name: 'recipe text',
    run: (random) => {
      const text = JSON.stringify(recipeInput(random)) ?? ''
      const at = random.below(text.length + 1)
      void acceptRecipe(parseJson(text.slice(0, at) + text.slice(at + random.below(3))))
    },
  },
]

export type Outcome = 'accepted' | 'refused'

/** Longest time for one small input. */
const hangMs = 2000

/** Runs one input; throws where the reader takes long, or answers with anything but a value or a fault that has a sentence. */
export function runCase(target: Target, random: Stream): Outcome {
  const start = performance.now()
  const outcome = outcomeOf(target, random)
  const took = performance.now() - start
  if (took > hangMs) throw new Error(`${target.name}: ${Math.round(took)} ms for one input`)
  return outcome
}

function outcomeOf(target: Target, random: Stream): Outcome {
  try {
    target.run(random)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (!sentences.en.has(error.code)) throw new Error(`${error.code} has no sentence`, { cause: error })
    return 'refused'
  }
}
