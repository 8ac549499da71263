import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../../src/core/data/build.ts'
import { acceptRecipe, layerKinds, storyRecipe } from '../../../../src/core/spec/index.ts'
import { refusalOf } from '../../../../src/core/train/plan-shape.ts'
import type { Session } from '../../../../src/core/train/session.ts'
import { offeredKinds } from '../../../../src/renderer/views/network/layer-kinds.ts'
import { pictureSession, sessionOf } from '../../../support/sessions.ts'

/** Kinds that can be put in at a place, in the order of the menu. */
function fitting(session: Session, at: number): readonly string[] {
  const before = session.layers[at] ?? { role: 'input', units: 1 }
  return offeredKinds
    .filter((kind) =>
      kind
        .ways({ before, activation: 'tanh' })
        .some((layers) => refusalOf(session, { kind: 'insert', at, layers }, buildDataset) === null),
    )
    .map(({ kind }) => kind)
}

const conv = { layer: 'conv2d', filters: 4, kernel: 3 }
const sentences = (network: readonly object[]): Session => sessionOf(acceptRecipe({ ...storyRecipe, network }))
const anywhere = ['residual', 'dropout', 'batch-norm'] as const

describe('the menu of layers', () => {
  it('has every kind of layer once, each with its picture', () => {
    expect(offeredKinds.map(({ kind }) => kind).sort()).toEqual([...layerKinds].sort())
    expect(new Set(offeredKinds.map(({ picture }) => picture)).size).toBe(offeredKinds.length)
  })

  it('offers for pictures what reads pictures, and what makes a vector of them', () => {
    const session = pictureSession([conv, { layer: 'dense', units: 4 }], 20)
    const ofPictures = ['dense', 'conv2d', 'max-pool', 'avg-pool', 'global-pool', 'flatten']
    expect(fitting(session, 1)).toEqual([...ofPictures, ...anywhere, 'group-norm'])
    expect(fitting(session, 0)).toEqual(
      // A vector or a smaller picture could not go through the convolution behind.
      ['conv2d', 'max-pool', 'avg-pool', ...anywhere, 'group-norm'],
    )
  })

  it('offers for vectors no layer of pictures or sequences', () => {
    const vectors = ['dense', 'flatten', 'experts', 'residual', 'dropout', 'layer-norm', 'rms-norm', 'batch-norm']
    expect(fitting(sessionOf(acceptRecipe(storyRecipe)), 1)).toEqual(vectors)
    expect(fitting(pictureSession([conv, { layer: 'dense', units: 4 }], 20), 2)).toEqual(vectors)
  })

  it('offers an embedding before sentences, and behind it what reads sequences', () => {
    expect(fitting(sentences([{ layer: 'dense', units: 4 }]), 0)).toContain('embedding')
    const read = fitting(sentences([{ layer: 'embedding', units: 4 }, { layer: 'flatten' }]), 1)
    for (const kind of ['position', 'rnn', 'gru', 'lstm', 'attention', 'transformer', 'experts', 'global-pool'])
      expect(read).toContain(kind)
    expect(read).not.toContain('conv2d')
    expect(read).not.toContain('embedding')
  })
})
