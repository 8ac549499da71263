import { describe, expect, it } from 'vitest'
import { biasBox, lineTolerance, pick } from '../../../src/renderer/map/hit.ts'
import { layoutMap } from '../../../src/renderer/map/layout.ts'
import { emptyPath, fitRoutes, pointOnRoute, routePath } from '../../../src/renderer/map/routes.ts'
import { aNetwork, labSize, someParameters } from './a-network.ts'

const network = aNetwork(2, 5, 3, 2)
const layout = layoutMap(network, labSize, { picture: 'heat' })
fitRoutes(layout, someParameters(network.parameterCount))

describe('picking', () => {
  it('finds every stop at its middle', () => {
    for (const stop of layout.stops) {
      expect(pick(network, layout, [], stop.x, stop.y)).toMatchObject({
        kind: 'node',
        node: stop.node,
        index: stop.index,
      })
    }
  })

  it('finds a lone stop anywhere within 24 px', () => {
    const small = layoutMap(aNetwork(20, 20), labSize, { picture: 'heat' })
    const last = small.stops.at(-1)
    expect(last?.height).toBeLessThan(24)
    const found = pick(aNetwork(20, 20), small, [], (last?.x ?? 0) + 11, (last?.y ?? 0) + 11)
    expect(found).toMatchObject({ kind: 'node', node: 39 })
  })

  it('finds every bias under its stop and none at the input', () => {
    for (const stop of layout.stops) {
      const box = biasBox(stop, 'heat')
      expect(box === null).toBe(stop.layer === 0)
      if (box === null) continue
      expect(box.width).toBeGreaterThanOrEqual(24)
      expect(box.height).toBeGreaterThanOrEqual(24)
      const parameter = `layers.${stop.layer - 1}.bias`
      expect(pick(network, layout, [], stop.x, box.y + 8)).toMatchObject({ kind: 'bias', parameter, index: stop.index })
    }
  })

  it('finds a line on it and 6 px beside its edge, not further', () => {
    const lone = aNetwork(1, 1)
    const one = layoutMap(lone, labSize, { picture: 'heat' })
    fitRoutes(one, Float32Array.from([1, 0]))
    const gap = one.gaps[0]
    if (gap === undefined) throw new Error('internal: no gap')
    const path = routePath(one, gap, 0, emptyPath())
    const { x, y } = pointOnRoute(path, 0.5)
    const weight = { kind: 'weight', parameter: 'layers.0.weight', index: 0 }
    expect(pick(lone, one, [], x, y)).toEqual(weight)
    expect(pick(lone, one, [], x, y + path.width / 2 + lineTolerance - 0.1)).toEqual(weight)
    expect(pick(lone, one, [], x, y + path.width / 2 + lineTolerance + 0.5)).toBeNull()
  })

  it('finds a plate before what is under it', () => {
    const selection = { kind: 'weight', parameter: 'layers.1.weight', index: 3 } as const
    const stop = layout.stops[0]
    const plate = {
      selection,
      text: '1',
      sign: 'positive',
      strong: false,
      x: stop?.x ?? 0,
      y: stop?.y ?? 0,
      width: 30,
      height: 18,
    } as const
    expect(pick(network, layout, [plate], plate.x + 10, plate.y)).toBe(selection)
  })

  it('finds nothing on empty ground', () => {
    expect(pick(network, layout, [], 3, 3)).toBeNull()
  })
})
