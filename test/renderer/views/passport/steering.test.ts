import { describe, expect, it } from 'vitest'
import { acceptRecipe, circleRecipe, storyRecipe } from '../../../../src/core/spec/index.ts'
import { steeringOf } from '../../../../src/renderer/views/passport/steering.ts'

const paths = (recipe: unknown): string[] => steeringOf(acceptRecipe(recipe)).map(({ entry }) => entry.path)

describe('what steered a parameter', () => {
  it('is led by the learning rate, then the optimizer with its own numbers', () => {
    expect(paths(storyRecipe).slice(0, 4)).toEqual([
      'training.optimizer.learningRate',
      'training.optimizer.name',
      'training.optimizer.beta1',
      'training.optimizer.beta2',
    ])
  })

  it('names neither what the optimizer does not use nor what is 0', () => {
    expect(paths(circleRecipe)).toEqual([
      'training.optimizer.learningRate',
      'training.optimizer.name',
      'training.batchSize',
      'training.initializer',
    ])
    const decayed = { ...circleRecipe, training: { ...circleRecipe.training, l2: 0.1 } }
    expect(paths(decayed)).toContain('training.l2')
  })
})
