/** The ready examples, in the order in which they are offered. */
import {
  circleRecipe,
  conflictRecipe,
  deepPlainRecipe,
  deepRepairedRecipe,
  digitsConvolutionRecipe,
  digitsRecipe,
  englishStoryRecipe,
  firstSetRecipe,
  irisRecipe,
  penguinsRecipe,
  storyRecipe,
  wordOrderRecipe,
} from '../../core/spec/index.ts'
import type { MessageKey } from '../i18n/index.ts'

export interface Example {
  readonly id: string
  readonly message: MessageKey
  readonly recipe: unknown
}

export const examples: readonly Example[] = [
  { id: 'circle', message: 'examples.circle', recipe: circleRecipe },
  { id: 'story', message: 'examples.story', recipe: storyRecipe },
  { id: 'story-english', message: 'examples.storyEnglish', recipe: englishStoryRecipe },
  { id: 'first', message: 'examples.first', recipe: firstSetRecipe },
  { id: 'conflict', message: 'examples.conflict', recipe: conflictRecipe },
  { id: 'iris', message: 'examples.iris', recipe: irisRecipe },
  { id: 'penguins', message: 'examples.penguins', recipe: penguinsRecipe },
  { id: 'digits', message: 'examples.digits', recipe: digitsRecipe },
  { id: 'digits-convolution', message: 'examples.digitsConvolution', recipe: digitsConvolutionRecipe },
  { id: 'word-order', message: 'examples.wordOrder', recipe: wordOrderRecipe },
  { id: 'hundred', message: 'examples.hundredPlain', recipe: deepPlainRecipe },
  { id: 'hundred-repaired', message: 'examples.hundredRepaired', recipe: deepRepairedRecipe },
]
