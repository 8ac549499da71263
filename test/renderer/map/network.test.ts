import { describe, expect, it } from 'vitest'
import { layoutMap } from '../../../src/renderer/map/layout.ts'
import { mapNetwork } from '../../../src/renderer/map/network.ts'
import { fitRoutes } from '../../../src/renderer/map/routes.ts'
import { selectNode, selectWeight } from '../../../src/renderer/map/selection.ts'
import { lineCount } from '../../../src/renderer/map/tree.ts'
import { labSize, mapInfo, someParameters } from './a-network.ts'

/** 2 -> 3 -> [residual of 3] -> [dropout] -> 2 */
function mixed() {
  const info = mapInfo([2, 3, 3, 3, 2])
  const layers = info.layers.map((layer, at) => ({
    ...layer,
    ...(at === 2 && { kind: 'residual' }),
    ...(at === 3 && { kind: 'dropout' }),
  }))
  const parameters = info.parameters.filter(({ layer }) => layer !== 3)
  return mapNetwork({ ...info, layers, parameters })
}

describe('a network with layers that are not dense', () => {
  it('has gaps without lines where no single pair of stops shares a number', () => {
    const network = mixed()
    expect(network.gaps.map(({ ins, outs, weight }) => [ins, outs, weight === null])).toEqual([
      [2, 3, false],
      [0, 0, true],
      [0, 0, true],
      [3, 2, false],
    ])
    expect(selectWeight(network, { gap: 1, from: 0, to: 0 })).toBeNull()
  })

  it('is laid out, with the dense gaps open', () => {
    const network = mixed()
    const layout = layoutMap(network, labSize, { picture: 'heat' })
    fitRoutes(layout, someParameters(network.parameterCount))
    expect(layout.gaps.map(({ open }) => open)).toEqual([true, false, false, true])
    expect(layout.stops).toHaveLength(13)
  })

  it('lets a stop of a block mean its bias, and gives a layer without parameters no lines', () => {
    const network = mixed()
    expect(selectNode(network, { layer: 2, index: 1 })).toMatchObject({ parameter: 'layers.1.bias', index: 1 })
    expect(network.layers.map((_, layer) => lineCount(network, layer))).toEqual([0, 3, 1, 0, 4])
  })
})
