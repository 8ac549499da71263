import { describe, expect, it } from 'vitest'
import { aloneLines, aloneNodes, aloneStop } from '../../../src/renderer/map/alone.ts'
import { selectBias, selectNode, selectWeight } from '../../../src/renderer/map/selection.ts'
import { aNetwork } from './a-network.ts'

const network = aNetwork(2, 3, 2)

describe('one stop alone', () => {
  it('is the one that is selected, the end of a line, the owner of a bias, else the first output', () => {
    expect(aloneStop(network, [selectNode(network, { layer: 1, index: 2 })])).toEqual({ layer: 1, index: 2 })
    expect(aloneStop(network, [null, selectWeight(network, { gap: 1, from: 2, to: 1 })])).toEqual({
      layer: 2,
      index: 1,
    })
    expect(aloneStop(network, [selectBias(network, { layer: 1, index: 1 })])).toEqual({ layer: 1, index: 1 })
    expect(aloneStop(network, [null])).toEqual({ layer: 2, index: 0 })
  })

  it('comes with the lines that lead to it and the stops they come from', () => {
    expect(aloneLines(network, { layer: 2, index: 1 })).toEqual({ gap: 1, lines: [3, 4, 5] })
    expect([...aloneNodes(network, { layer: 2, index: 1 })].sort()).toEqual([2, 3, 4, 6])
  })

  it('comes with the lines that leave it where it is an input', () => {
    expect(aloneLines(network, { layer: 0, index: 1 })).toEqual({ gap: 0, lines: [1, 3, 5] })
    expect([...aloneNodes(network, { layer: 0, index: 1 })].sort()).toEqual([1, 2, 3, 4])
  })

  it('comes with its neighbour of the same row where no line leads to it', () => {
    const blocked = { ...network, gaps: network.gaps.map((gap) => ({ ...gap, ins: 0, outs: 0, weight: null })) }
    expect([...aloneNodes(blocked, { layer: 2, index: 1 })].sort()).toEqual([3, 6])
  })
})
