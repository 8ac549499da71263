import { beforeAll, describe, expect, it } from 'vitest'
import { showLanguage, t } from '../../../src/renderer/i18n/index.ts'
import { mapValues } from '../../../src/renderer/map/scene.ts'
import {
  focusSelection,
  itemName,
  keptFocus,
  moveFocus,
  type TreeFocus,
  treeItems,
} from '../../../src/renderer/map/tree.ts'
import { aNetwork, noHolds, someParameters } from './a-network.ts'

const network = aNetwork(2, 5, 3, 2)
const layer = (index: number): TreeFocus => ({ layer: index, stop: null, line: null })

describe('the tree', () => {
  it('shows all layers and, of the focused one, the stops', () => {
    const items = treeItems(network, layer(1))
    expect(items.filter(({ level }) => level === 1).map(({ place, count }) => [place, count])).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ])
    expect(items.filter(({ level }) => level === 2)).toHaveLength(5)
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
  })

  it('shows the bias and the incoming weights of an opened stop', () => {
    const items = treeItems(network, { layer: 2, stop: 1, line: 0 })
    expect(items.filter(({ level }) => level === 3)).toHaveLength(6)
    expect(items.find(({ focus }) => focus.layer === 2 && focus.stop === 1 && focus.line === null)?.expanded).toBe(true)
  })

  it('counts siblings that are left out of a large layer', () => {
    const items = treeItems(aNetwork(2, 900, 2), { layer: 1, stop: 450, line: null }).filter(({ level }) => level === 2)
    expect(items.length).toBeLessThan(60)
    expect(items.every(({ count }) => count === 900)).toBe(true)
    expect(items.some(({ place }) => place === 451)).toBe(true)
  })
})

describe('keys', () => {
  const go = (from: TreeFocus, ...keys: string[]): TreeFocus =>
    keys.reduce((at, key) => moveFocus(network, at, key) ?? at, from)

  it('go along layers, along stops, into the lines and out again', () => {
    expect(go(layer(0), 'ArrowRight', 'ArrowDown', 'ArrowDown')).toEqual({ layer: 1, stop: 1, line: null })
    expect(go({ layer: 1, stop: 4, line: null }, 'ArrowRight')).toEqual({ layer: 2, stop: 2, line: null })
    expect(go({ layer: 1, stop: 1, line: null }, 'Enter', 'ArrowDown', 'ArrowDown', 'ArrowDown')).toEqual({
      layer: 1,
      stop: 1,
      line: 2,
    })
    expect(go({ layer: 1, stop: 1, line: 2 }, 'Escape', 'Escape')).toEqual(layer(1))
    expect(go({ layer: 1, stop: 0, line: null }, 'ArrowUp')).toEqual(layer(1))
    expect(go({ layer: 1, stop: 0, line: null }, 'End')).toEqual({ layer: 1, stop: 4, line: null })
  })

  it('open nothing at the input and stop at the ends', () => {
    expect(go({ layer: 0, stop: 0, line: null }, 'Enter')).toEqual({ layer: 0, stop: 0, line: null })
    expect(go(layer(0), 'ArrowLeft')).toEqual(layer(0))
    expect(go(layer(3), 'ArrowRight')).toEqual(layer(3))
  })

  it('leave other keys alone', () => {
    expect(moveFocus(network, layer(0), 'x')).toBeNull()
  })

  it('keep the focus where a smaller network still has it', () => {
    expect(keptFocus(aNetwork(2, 3, 2), { layer: 3, stop: 4, line: 9 })).toEqual({ layer: 2, stop: 1, line: 3 })
  })
})

describe('what an item selects', () => {
  it('is its node, its bias or its weight', () => {
    expect(focusSelection(network, layer(1))).toBeNull()
    expect(focusSelection(network, { layer: 1, stop: 2, line: null })).toMatchObject({ kind: 'node', node: 4 })
    expect(focusSelection(network, { layer: 1, stop: 2, line: 0 })).toMatchObject({
      kind: 'bias',
      parameter: 'layers.0.bias',
      index: 2,
    })
    expect(focusSelection(network, { layer: 1, stop: 2, line: 2 })).toEqual({
      kind: 'weight',
      parameter: 'layers.0.weight',
      index: 5,
    })
  })
})

describe('names', () => {
  const parameters = someParameters(network.parameterCount)
  parameters.set([0.25, -0.5], 0)
  parameters[10] = -0.125
  const gradients = new Float32Array(network.parameterCount).fill(0.5)
  const activations = new Float32Array(network.nodes).fill(0.75)
  const sections = new Map([
    ['parameters', parameters],
    ['gradients', gradients],
    ['activations', activations],
  ] as const)
  const values = mapValues(network, { sections })
  const name = (focus: TreeFocus): string => itemName(network, focus, values, 'maths', t, noHolds(network))

  describe.each(['ko', 'en'] as const)('in %s', (language) => {
    beforeAll(() => showLanguage(language))

    it('say the value and the gradient of a weight', () => {
      const text = name({ layer: 1, stop: 0, line: 2 })
      expect(text).toContain('in 1 → h₁·1')
      expect(text).toContain('−0.500')
      expect(text).toContain('+0.5000')
    })

    it('say the bias, activation and number of lines of a stop', () => {
      const text = name({ layer: 1, stop: 0, line: null })
      expect(text).toContain('0.75')
      expect(text).toContain('−0.125')
    })

    it('say the kind and the activation of a layer', () => {
      const { activation } = network.layers[1] ?? { activation: '' }
      expect(name(layer(1))).toContain(`${t('layers.denseName')}, ${activation}`)
      expect(name(layer(0))).not.toContain(t('layers.denseName'))
    })

    it('are never empty and never a key', () => {
      for (const focus of [layer(0), layer(2), { layer: 0, stop: 1, line: null }, { layer: 3, stop: 1, line: 0 }]) {
        expect(name(focus)).not.toMatch(/^$|map\./)
      }
    })
  })

  it('speak of no gradient where the frame has none', () => {
    expect(
      itemName(
        network,
        { layer: 1, stop: 0, line: 1 },
        { ...values, gradients: new Float32Array(0) },
        'maths',
        t,
        noHolds(network),
      ),
    ).not.toContain('∂')
  })
})
