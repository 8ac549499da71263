/** What a recipe's data follow from. Sentences enter as words that occur, or as tokens in their order. */
import type { Recipe } from './recipe.ts'

type Origin = Pick<Recipe, 'data' | 'network' | 'seed'>

/** Whether sentences enter as the numbers of their words in order: the first layer then gives each word its row. */
export const readsTokens = ({ data, network }: Pick<Recipe, 'data' | 'network'>): boolean =>
  data.source === 'sentences' && network[0]?.layer === 'embedding'

/** True where two recipes have the same rows of data. */
export const haveSameData = (a: Origin, b: Origin): boolean =>
  JSON.stringify([a.data, a.seed, readsTokens(a)]) === JSON.stringify([b.data, b.seed, readsTokens(b)])
