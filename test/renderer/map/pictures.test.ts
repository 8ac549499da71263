import { beforeEach, describe, expect, it } from 'vitest'
import { showLanguage, t } from '../../../src/renderer/i18n/index.ts'
import { pick } from '../../../src/renderer/map/hit.ts'
import { mapHolds } from '../../../src/renderer/map/holds.ts'
import { joinedTotal } from '../../../src/renderer/map/joined.ts'
import { fillPicture, pictureSources } from '../../../src/renderer/map/picture-atlas.ts'
import { layoutPictures } from '../../../src/renderer/map/picture-layout.ts'
import { readsPixels, tilePixels, tileShape } from '../../../src/renderer/map/pictures.ts'
import { emptyPath, fitRoutes, routePath } from '../../../src/renderer/map/routes.ts'
import { parameterPosition, routePlace, selectNode, selectWeight } from '../../../src/renderer/map/selection.ts'
import { tipOf } from '../../../src/renderer/map/tip.ts'
import { itemName } from '../../../src/renderer/map/tree.ts'
import { convolutionLayers, digitLayers, pictureNetwork } from './picture-network.ts'

const dense = pictureNetwork(digitLayers)
const convolution = pictureNetwork(convolutionLayers)
const noHolds = (from: typeof dense) => mapHolds({ ...from.info, holds: [], heldGroups: [] })

beforeEach(() => showLanguage('en'))

describe('a map of pictures', () => {
  it('has a stop a picture, and a line for all that joins two stops', () => {
    expect(dense.network.gaps.map(({ ins, outs, inner }) => [ins, outs, inner])).toEqual([
      [1, 32, 784],
      [32, 10, 1],
    ])
    expect(convolution.network.gaps.map(({ ins, outs, inner }) => [ins, outs, inner])).toEqual([
      [1, 6, 25],
      [0, 0, 1],
      [6, 8, 9],
      [0, 0, 1],
      [8, 16, 144],
      [16, 10, 1],
    ])
    expect(convolution.network.nodes).toBe(1 + 6 + 6 + 8 + 8 + 16 + 10)
  })

  it('draws such a line as wide as the root mean square of its numbers, in the colour of their sum', () => {
    const { network, values } = convolution
    const gap = network.gaps[2]
    const k = 3 * 6 + 1
    const first = (gap?.weight?.offset ?? 0) + k * 9
    const own = [...values.parameters.subarray(first, first + 9)]
    const sum = own.reduce((total, value) => total + value, 0)
    const size = Math.sqrt(own.reduce((total, value) => total + value * value, 0) / 9)
    expect(values.parameters[(gap?.offset ?? 0) + k]).toBeCloseTo(Math.sign(sum) * size, 6)
    expect(joinedTotal(network, values.parameters, { gap: 2, from: 1, to: 3 })).toBeCloseTo(sum, 6)
  })

  it('selects the middle of a kernel, and finds the line of any of its numbers', () => {
    const { network } = convolution
    const selection = selectWeight(network, { gap: 2, from: 1, to: 3 })
    expect(selection?.index).toBe((3 * 6 + 1) * 9 + 4)
    expect(routePlace(network, selection)).toEqual({ gap: 2, from: 1, to: 3, part: 4 })
    expect(parameterPosition(network, selection)).toBe((network.gaps[2]?.weight?.offset ?? 0) + (3 * 6 + 1) * 9 + 4)
  })

  it('shows weights or bars at stops that read a picture, feature maps at filters', () => {
    expect(readsPixels(dense.network, 1)).toBe(true)
    expect(tileShape(dense.network, 1, 'weights')).toEqual({ height: 28, width: 28, channels: 1, across: 1 })
    expect(tileShape(dense.network, 1, 'activations')).toBe(null)
    expect(tileShape(convolution.network, 1, 'activations')).toMatchObject({ height: 28, width: 28, channels: 1 })
    // Eight channels of 12 x 12 in rows of three.
    const tile = tileShape(convolution.network, 5, 'weights')
    expect(tile).toEqual({ height: 12, width: 12, channels: 8, across: 3 })
    expect(tile === null ? null : tilePixels(tile)).toEqual({ height: 38, width: 38 })
    expect(tileShape(convolution.network, 6, 'weights')).toBe(null)
  })

  it('takes pixels from the frame, and weights from the parameters', () => {
    const [input, hidden] = pictureSources(dense.network, dense.values, 'weights')
    expect(input?.values).toHaveLength(784)
    expect(hidden?.values).toEqual(dense.values.parameters.subarray(0, 32 * 784))
    const ramp = Uint32Array.from({ length: 255 }, (_, n) => n)
    const pixels = new Uint32Array(784)
    if (input) expect(fillPicture(pixels, 0, 28, input, 0, 1, ramp)).toBe(true)
    expect(pixels[0]).toBe(127)
    expect(Math.max(...pixels)).toBe(254)
    const broken = { shape: { height: 1, width: 1, channels: 1, across: 1 }, values: Float32Array.of(Number.NaN) }
    expect(fillPicture(pixels, 0, 28, broken, 0, 1, ramp)).toBe(false)
  })
})

const sizes = [
  { width: 790, height: 640 },
  { width: 790, height: 420 },
  { width: 520, height: 600 },
  { width: 1200, height: 760 },
]

describe.each([
  ['dense', dense],
  ['convolutions', convolution],
  ['a wide layer', pictureNetwork([{ layer: 'conv2d', filters: 48, kernel: 3 }, { layer: 'global-pool' }])],
] as const)('the layout of pictures: %s', (_, { network, values }) => {
  it.each(sizes)('keeps stops apart and within the map ($width x $height)', (size) => {
    const layout = layoutPictures(network, size, { shown: 'weights' })
    for (const stop of layout.stops) {
      expect(stop.y - stop.height / 2).toBeGreaterThanOrEqual(20)
      expect(stop.y + stop.height / 2).toBeLessThanOrEqual(size.height)
      for (const other of layout.stops) {
        if (other.node <= stop.node || other.layer !== stop.layer || stop.size.strip) continue
        const apart = Math.abs(stop.x - other.x) >= stop.width || Math.abs(stop.y - other.y) >= stop.height
        expect(apart, `${stop.node} and ${other.node}`).toBe(true)
      }
    }
    layout.districts.forEach((district, layer) => {
      const before = layout.districts[layer - 1]
      if (before !== undefined) expect(district.x).toBeGreaterThanOrEqual(before.x + before.width)
    })
  })

  it('leads each line from the rim of its stop to the rim of the other', () => {
    const layout = layoutPictures(network, { width: 1000, height: 640 }, { shown: 'weights' })
    fitRoutes(layout, values.parameters)
    for (const gap of layout.gaps) {
      for (let k = 0; k < gap.ins * gap.outs; k++) {
        const path = routePath(layout, gap, k, emptyPath())
        const [source, target] = [
          layout.stops[gap.firstSource + (k % gap.ins)],
          layout.stops[gap.firstTarget + Math.floor(k / gap.ins)],
        ]
        expect(path.x0).toBeCloseTo((source?.x ?? 0) + (source?.width ?? 0) / 2)
        expect(path.x1).toBeCloseTo((target?.x ?? 0) - (target?.width ?? 0) / 2)
      }
    }
  })
})

describe('the words of pictures', () => {
  const said = (stop: number | null, line: number | null, layer: number): string =>
    itemName(convolution.network, { layer, stop, line }, convolution.values, 'maths', t, noHolds(convolution))

  it('name filters and kernels for a screen reader', () => {
    expect(said(null, null, 1)).toMatch(/^Hidden 1, convolution, ReLU, .*6.*156/)
    expect(said(2, null, 1)).toMatch(/^Filter 3, Hidden 1, picture 28×28, mean /)
    expect(said(2, 1, 1)).toMatch(/^Picture → Hidden 1 Filter 3, kernel 5×5, 25 shared numbers, sum [+−]/)
    expect(said(0, 2, 3)).toMatch(/^Hidden 2 Channel 2 → Hidden 3 Filter 1, kernel 3×3, 9 shared numbers/)
    expect(said(1, 1, 5)).toMatch(/144 weights as a picture/)
  })

  it('say beside a filter that its kernel is shared and counted once', () => {
    const { network, values } = convolution
    const layout = layoutPictures(network, { width: 1000, height: 640 }, { shown: 'weights' })
    const tip = (selection: ReturnType<typeof selectNode>) =>
      tipOf(network, layout, values, values.contributions, selection, 'map', t, noHolds(convolution))
    expect(tip(selectNode(network, { layer: 1, index: 2 }))?.note).toBe(t('limits.shared'))
    const kernel = tip(selectWeight(network, { gap: 0, from: 0, to: 2 }))
    expect(kernel?.rows.map(({ value }) => value)).toEqual(['5×5, 25 numbers', expect.any(String), '784 places'])
    const stop = layout.stops[3]
    expect(pick(network, layout, [], stop?.x ?? 0, stop?.y ?? 0)).toEqual(selectNode(network, { layer: 1, index: 2 }))
  })
})
