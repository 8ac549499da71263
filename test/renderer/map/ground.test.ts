import { describe, expect, it } from 'vitest'
import { groundKey } from '../../../src/renderer/map/ground.ts'
import { layoutMap } from '../../../src/renderer/map/layout.ts'
import { mapNetwork } from '../../../src/renderer/map/network.ts'
import { fitRoutes } from '../../../src/renderer/map/routes.ts'
import { aRun } from '../fixture-bridge.ts'

const view = { left: 0, top: 0, width: 900, height: 600, ratio: 1 }
const network = mapNetwork(aRun({}, [2, 4, 2]))
const layout = layoutMap(network, view, { picture: 'heat', sightWidth: view.width, numbers: false })

const nothing = { trace: [], selected: null, hovered: null, focused: null, alone: null }

function keyOf(lines: Float32Array, trace: { gap: number; from: number; to: number }[] = [], ratio = 1): string {
  fitRoutes(layout, lines)
  const key = groundKey({ ...nothing, layout, lines, trace, view: { ...view, ratio } })
  if (key === null) throw new Error('nothing is kept')
  return key.join()
}

describe('what is kept of districts and lines', () => {
  const lines = Float32Array.from({ length: network.parameterCount }, (_, n) => Math.sin(n + 1))
  const changed = (place: number, by: number): Float32Array =>
    lines.map((value, n) => (n === place ? value + by : value))

  it('stands while no line looks different', () => {
    expect(keyOf(changed(3, 1e-4))).toBe(keyOf(lines))
  })

  it('is drawn anew where a width, a sign, a number that is none, the route or the pixels are others', () => {
    const first = network.layers[1]?.bias?.offset === 0 ? 4 : 0
    const others = [
      keyOf(changed(first, 0.4)),
      keyOf(changed(first, -2 * (lines[first] ?? 0))),
      keyOf(changed(first, Number.NaN)),
      keyOf(lines, [{ gap: 0, from: 1, to: 1 }]),
      keyOf(lines, [], 2),
    ]
    expect(new Set([keyOf(lines), ...others]).size).toBe(6)
  })

  it('is nothing while a line of a band is looked at', () => {
    const large = mapNetwork(aRun({}, [2, 64, 64, 2]))
    const banded = layoutMap(large, view, { picture: 'heat', sightWidth: view.width, numbers: false })
    expect(banded.gaps.some(({ open }) => !open)).toBe(true)
    const many = new Float32Array(large.parameterCount)
    const scene = { ...nothing, layout: banded, lines: many, view }
    expect(groundKey(scene)).not.toBeNull()
    expect(groundKey({ ...scene, selected: { kind: 'node', parameter: '', index: 0, node: 2 } })).toBeNull()
    expect(groundKey({ ...scene, trace: [{ gap: 1, from: 0, to: 0 }] })).toBeNull()
  })
})
