import { describe, expect, it } from 'vitest'
import { strongestRoutes } from '../../../src/core/explain/routes.ts'
import { acceptRecipe, storyRecipe } from '../../../src/core/spec/index.ts'
import type { Session } from '../../../src/core/train/session.ts'
import { recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

/** As many routes as anyone may ask for: all of a small network. */
const all = 10_000

const weightsOf = (session: Session, name: string) => {
  const info = session.parameters.find((tensor) => tensor.name === name)
  if (info === undefined) throw new Error(`no tensor ${name}`)
  return session.readParameters().slice(info.offset, info.offset + info.size)
}

function looked(recipe = acceptRecipe(storyRecipe), steps = 50): { session: Session; input: Float32Array } {
  const session = sessionOf(recipe)
  trainSteps(session, steps)
  return { session, input: session.dataset.train.inputs.slice(0, session.dataset.inputWidth) }
}

describe('routes', () => {
  it('the products into a stop add up to its sum less its bias', () => {
    for (const name of ['story', 'circle', 'plane', 'deep'] as const) {
      const { session, input } = looked(recipeOf(name))
      const { sums, activations } = session.inspect(input)
      session.layers.slice(1).forEach((layer, gap) => {
        const before = session.layers[gap]
        const weights = weightsOf(session, `layers.${gap}.weight`)
        const bias = weightsOf(session, `layers.${gap}.bias`)
        const ins = before?.units ?? 0
        for (let to = 0; to < layer.units; to++) {
          let total = 0
          for (let from = 0; from < ins; from++) {
            total += (weights[to * ins + from] ?? 0) * (activations[(before?.firstNode ?? 0) + from] ?? 0)
          }
          expect(Math.abs((sums[layer.firstNode + to] ?? 0) - (bias[to] ?? 0) - total)).toBeLessThan(
            1e-6 * Math.max(1, Math.abs(total)),
          )
        }
      })
    }
  })

  it.each(['story', 'circle', 'plane', 'deep'] as const)('of %s have shares that add up to 1', (name) => {
    const { session, input } = looked(recipeOf(name))
    const { routes, count, total } = strongestRoutes(session, input, 0, name === 'deep' ? 4 : all)
    const shares = routes.reduce((sum, { share }) => sum + share, 0)
    expect(total).toBeGreaterThan(0)
    if (name !== 'deep') expect([routes.length, shares]).toEqual([count, expect.closeTo(1, 12)])
    else expect(shares).toBeLessThan(1)
  })

  it('carry input x weight x slope x weight, as computed by hand', () => {
    const { session, input } = looked()
    const { activations } = session.inspect(input)
    const [first, last] = [weightsOf(session, 'layers.0.weight'), weightsOf(session, 'layers.1.weight')]
    const { routes, names } = strongestRoutes(session, input, 2, all)
    expect(names).toEqual(['layers.0.weight', 'layers.1.weight'])
    expect(routes).toHaveLength(10)
    for (const {
      stops: [i = 0, j = 0, k = 0],
      weights,
      carried,
    } of routes) {
      const h = activations[2 + j] ?? 0
      expect([k, weights]).toEqual([2, [j * 2 + i, k * 5 + j]])
      expect(carried).toBeCloseTo((input[i] ?? 0) * (first[j * 2 + i] ?? 0) * (1 - h * h) * (last[k * 5 + j] ?? 0), 6)
    }
  })

  it('come strongest first, the same whether few or all are asked for', () => {
    const { session, input } = looked(recipeOf('circle'))
    const every = strongestRoutes(session, input, 1, all).routes
    expect(every.map(({ carried }) => carried)).toEqual(every.map(({ carried }) => carried).sort((a, b) => b - a))
    expect(strongestRoutes(session, input, 1, 3).routes).toEqual(every.slice(0, 3))
  })

  it('are refused through a layer without single lines', () => {
    const { session, input } = looked(
      acceptRecipe({ ...recipeOf('circle'), network: [{ layer: 'dense', units: 4 }, { layer: 'layer-norm' }] }),
    )
    expect(() => strongestRoutes(session, input, 0, 3)).toThrow(
      expect.objectContaining({ code: 'ROUTE-001', at: 'network.1' }),
    )
  })
})
