import { describe, expect, it } from 'vitest'
import { showLanguage, t } from '../../../src/renderer/i18n/index.ts'
import {
  frozenBit,
  heldWords,
  type MapHolds,
  mapHolds,
  marksOf,
  nodeMarks,
  offBit,
} from '../../../src/renderer/map/holds.ts'
import { mapNetwork } from '../../../src/renderer/map/network.ts'
import { mapValues } from '../../../src/renderer/map/scene.ts'
import { selectBias, selectNode, selectWeight } from '../../../src/renderer/map/selection.ts'
import { itemName } from '../../../src/renderer/map/tree.ts'
import { mapInfo, noHolds } from './a-network.ts'

const info = mapInfo([2, 3, 2])
const network = mapNetwork(info)
const held = (): MapHolds =>
  mapHolds({
    ...info,
    holds: [
      { name: 'layers.0.weight', index: 3, frozen: true, off: null },
      { name: 'layers.1.bias', index: 1, frozen: false, off: -0.5 },
      { name: 'layers.1.weight', index: 0, frozen: true, off: 0.25 },
    ],
    heldGroups: [
      { layer: 1, node: 2, frozen: false, off: true },
      { layer: 2, node: null, frozen: true, off: false },
    ],
  })

describe('marks of what training leaves alone', () => {
  it('stand at their parameters, by what holds them', () => {
    const { parameters, some } = held()
    // The first layer has 6 weights and 3 biases, the second 6 weights.
    expect([parameters[3], parameters[9], parameters[16]]).toEqual([frozenBit, frozenBit | offBit, offBit])
    expect(parameters.reduce((sum, mark) => sum + Number(mark > 0), 0)).toBe(3)
    expect(some).toBe(frozenBit | offBit)
  })

  it('go from a layer to its stops, and not to others', () => {
    const marks = held()
    expect(nodeMarks(marks, 4, 1)).toBe(offBit)
    expect(nodeMarks(marks, 2, 1)).toBe(0)
    expect([nodeMarks(marks, 5, 2), nodeMarks(marks, 6, 2)]).toEqual([frozenBit, frozenBit])
    expect(marks.nodes[5]).toBe(0)
  })

  it('belong to what is selected', () => {
    const marks = held()
    const of = (selection: ReturnType<typeof selectNode>): number => marksOf(network, marks, selection)
    expect(of(selectWeight(network, { gap: 0, from: 1, to: 1 }))).toBe(frozenBit)
    expect(of(selectWeight(network, { gap: 0, from: 0, to: 1 }))).toBe(0)
    expect(of(selectBias(network, { layer: 2, index: 1 }))).toBe(offBit)
    expect(of(selectNode(network, { layer: 1, index: 2 }))).toBe(offBit)
    expect(of(null)).toBe(0)
  })

  it('are none where nothing is held', () => {
    expect(noHolds(network)).toMatchObject({ some: 0, parameters: new Uint8Array(0) })
  })

  it.each(['ko', 'en'] as const)('are read out in %s', (language) => {
    showLanguage(language)
    const [frozen, off] = heldWords(frozenBit | offBit, t)
    expect(new Set([frozen, off]).size).toBe(2)
    const values = mapValues(network, null)
    const name = (stop: number | null, layer: number): string =>
      itemName(network, { layer, stop, line: null }, values, 'maths', t, held())
    expect(name(2, 1)).toContain(off)
    expect(name(1, 1)).not.toContain(off)
    expect(name(null, 2)).toContain(frozen)
  })
})
