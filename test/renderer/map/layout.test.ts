import { describe, expect, it } from 'vitest'
import { type Gap, layoutMap, type MapLayout } from '../../../src/renderer/map/layout.ts'
import { emptyPath, fitRoutes, pointOnRoute, routePath } from '../../../src/renderer/map/routes.ts'
import type { Picture } from '../../../src/renderer/map/stop-size.ts'
import { aNetwork, labSize, someParameters, storySize } from './a-network.ts'

const shapes = [
  [2, 5, 3, 2],
  [2, 5, 4],
  [7, 11, 9, 2],
  [2, 8, 8, 8, 6, 6, 4, 2],
  [4, 20, 14, 3],
  [1, 1],
]
const pictures = ['heat', 'bar'] as const
const cases = shapes.flatMap((sizes) =>
  pictures.map((picture) => ({ sizes, picture, name: `${sizes.join('-')} ${picture}` })),
)

function laidOut(sizes: readonly number[], picture: Exclude<Picture, 'pixels'>, seed = 1): MapLayout {
  const network = aNetwork(...sizes)
  const layout = layoutMap(network, picture === 'heat' ? labSize : storySize, { picture })
  fitRoutes(layout, someParameters(network.parameterCount, seed))
  return layout
}

type Point = readonly [number, number]

/** The line's corners. */
function corners(layout: MapLayout, gap: Gap, k: number): Point[] {
  const path = routePath(layout, gap, k, emptyPath())
  return [
    [path.x0, path.startY],
    [path.bendX, path.startY],
    [path.landX, path.endY],
    [path.x1, path.endY],
  ]
}

/** Height of a line at x. */
function heightAt(line: readonly Point[], x: number): number {
  for (let n = 1; n < line.length; n++) {
    const [ax, ay] = line[n - 1] ?? [0, 0]
    const [bx, by] = line[n] ?? [0, 0]
    if (x <= bx || n === line.length - 1)
      return bx === ax ? by : ay + (by - ay) * Math.min(1, Math.max(0, (x - ax) / (bx - ax)))
  }
  return 0
}

/** Whether one line is above the other on its whole way. */
function staysAbove(layout: MapLayout, gap: Gap, upper: number, lower: number): boolean {
  const [a, b] = [corners(layout, gap, upper), corners(layout, gap, lower)]
  const xs = [...a, ...b].map(([x]) => x)
  return xs.every((x) => heightAt(a, x) <= heightAt(b, x) + 1e-3)
}

describe.each(cases)('the map of $name', ({ sizes, picture }) => {
  const layout = laidOut(sizes, picture)

  it('has one district a layer, side by side, without overlap', () => {
    expect(layout.districts).toHaveLength(sizes.length)
    layout.districts.slice(1).forEach((district, n) => {
      const before = layout.districts[n]
      expect(district.x).toBeGreaterThan((before?.x ?? 0) + (before?.width ?? 0))
    })
    expect(layout.districts[0]?.x).toBeGreaterThanOrEqual(0)
    const last = layout.districts.at(-1)
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(layout.width)
  })

  it('keeps every stop with its labels inside its district', () => {
    for (const stop of layout.stops) {
      const district = layout.districts[stop.layer]
      expect(stop.y - stop.height / 2 - stop.size.above).toBeGreaterThan(district?.y ?? 0)
      expect(stop.y + stop.height / 2 + stop.size.below).toBeLessThanOrEqual(
        (district?.y ?? 0) + (district?.height ?? 0),
      )
    }
  })

  it('keeps stops and their labels apart', () => {
    for (const stop of layout.stops) {
      const next = layout.stops[stop.node + 1]
      if (next?.layer !== stop.layer) continue
      const end = stop.y + stop.height / 2 + stop.size.below
      expect(end).toBeLessThanOrEqual(next.y - next.height / 2 - next.size.above + 1e-6)
    }
  })

  it('draws diagonals of one slope a gap', () => {
    for (const gap of layout.gaps) {
      for (let k = 0; k < gap.ins * gap.outs; k++) {
        const { bendX, landX, startY, endY } = routePath(layout, gap, k, emptyPath())
        expect(Math.abs(endY - startY)).toBeCloseTo((landX - bendX) * gap.steep, 2)
        expect(bendX).toBeGreaterThanOrEqual(gap.x0)
        expect(landX).toBeLessThanOrEqual(gap.x1)
      }
    }
  })

  it.each([1, 2, 3])('orders ports by index and crosses no two lines of one stop, weights %i', (seed) => {
    const other = laidOut(sizes, picture, seed)
    for (const gap of other.gaps) {
      for (let i = 0; i < gap.ins; i++) {
        for (let j = 1; j < gap.outs; j++) {
          const [upper, lower] = [(j - 1) * gap.ins + i, j * gap.ins + i]
          expect(gap.startY[upper]).toBeLessThan(gap.startY[lower] ?? 0)
          expect(staysAbove(other, gap, upper, lower)).toBe(true)
        }
      }
      for (let j = 0; j < gap.outs; j++) {
        for (let i = 1; i < gap.ins; i++) {
          const [upper, lower] = [j * gap.ins + i - 1, j * gap.ins + i]
          expect(gap.endY[upper]).toBeLessThan(gap.endY[lower] ?? 0)
          expect(staysAbove(other, gap, upper, lower)).toBe(true)
        }
      }
    }
  })
})

describe('a narrow, steep map', () => {
  it.each([1, 2, 3, 46])('still crosses no two lines into one stop, weights %i', (seed) => {
    const network = aNetwork(8, 9, 3, 10, 5, 11, 11)
    const layout = layoutMap(network, { width: 596, height: 691 }, { picture: 'bar' })
    // A few thick lines among thin ones spread the bundles most.
    fitRoutes(
      layout,
      someParameters(network.parameterCount, seed).map((w) => Math.sign(w) * (Math.abs(w) > 0.75 ? 1 : 0.05)),
    )
    for (const gap of layout.gaps) {
      for (let k = 1; k < gap.ins * gap.outs; k++)
        if (k % gap.ins !== 0) expect(staysAbove(layout, gap, k - 1, k)).toBe(true)
    }
  })
})

describe('widths', () => {
  const network = aNetwork(2, 2)
  const parameters = Float32Array.from([2, -1, 0, 0.5, 9, 9])

  it('grow with |w| over the largest |w| of the picture, whatever the biases', () => {
    const layout = layoutMap(network, labSize, { picture: 'heat' })
    fitRoutes(layout, parameters)
    expect(layout.largestWeight).toBe(2)
    const [most, half, none, quarter] = layout.gaps[0]?.widths ?? []
    expect(most).toBeCloseTo(7.5)
    expect(none).toBeCloseTo(0.9)
    expect(half).toBeCloseTo(0.9 + 6.6 / 2)
    expect(quarter).toBeCloseTo(0.9 + 6.6 / 4)
  })

  it('reach from 1.2 to 9.4 px in a bar map', () => {
    const layout = layoutMap(network, storySize, { picture: 'bar' })
    fitRoutes(layout, parameters)
    expect(layout.gaps[0]?.widths[0]).toBeCloseTo(9.4)
    expect(layout.gaps[0]?.widths[2]).toBeCloseTo(1.2)
  })

  it('leave a value that is no number out of the scale', () => {
    const layout = layoutMap(network, labSize, { picture: 'heat' })
    fitRoutes(layout, Float32Array.from([Number.NaN, Number.POSITIVE_INFINITY, 1, 2, 0, 0]))
    expect(layout.largestWeight).toBe(2)
    expect([...(layout.gaps[0]?.widths ?? [])].every(Number.isFinite)).toBe(true)
    expect([...(layout.gaps[0]?.startY ?? [])].every(Number.isFinite)).toBe(true)
  })

  it('change in place: fitting twice allocates no new arrays', () => {
    const layout = layoutMap(network, labSize, { picture: 'heat' })
    const before = layout.gaps[0]?.widths
    fitRoutes(layout, parameters)
    fitRoutes(layout, someParameters(6))
    expect(layout.gaps[0]?.widths).toBe(before)
  })
})

describe('large maps', () => {
  const deep = aNetwork(2, ...Array<number>(98).fill(16), 2)

  it('bundle the weights of 100 layers of 16 and draw stops as strips', () => {
    const layout = layoutMap(deep, labSize, { picture: 'heat' })
    expect(layout.gaps.every(({ open }) => !open)).toBe(true)
    expect(layout.stops.every(({ size }) => size.strip)).toBe(true)
    fitRoutes(layout, someParameters(deep.parameterCount))
    expect(layout.gaps[5]?.positive).toBeGreaterThan(0)
    expect(layout.gaps[5]?.negative).toBeGreaterThan(0)
  })

  it('open the lines when few enough of them are in sight', () => {
    const layout = layoutMap(
      deep,
      { width: labSize.width * 12, height: labSize.height },
      { picture: 'heat', sightWidth: labSize.width },
    )
    expect(layout.gaps.every(({ open }) => open)).toBe(true)
  })

  it('bundle beside a layer of 64 stops and label nothing from 12 on', () => {
    expect(layoutMap(aNetwork(2, 64, 2), labSize, { picture: 'heat' }).gaps.every(({ open }) => !open)).toBe(true)
    expect(layoutMap(aNetwork(2, 12, 2), labSize, { picture: 'heat' }).labelled).toBe(false)
    expect(layoutMap(aNetwork(2, 11, 2), labSize, { picture: 'heat' }).labelled).toBe(true)
  })

  it('keep ports where they are whatever the weights', () => {
    const network = aNetwork(4, 20, 3)
    const layout = layoutMap(network, labSize, { picture: 'heat' })
    fitRoutes(layout, someParameters(network.parameterCount, 1))
    const before = Float32Array.from(layout.gaps[0]?.startY ?? [])
    fitRoutes(layout, someParameters(network.parameterCount, 2))
    expect(layout.gaps[0]?.startY).toEqual(before)
  })
})

describe('a point on a line', () => {
  it('starts at the source, ends at the target and lies on the line between', () => {
    const path = { x0: 0, startY: 0, bendX: 10, landX: 20, endY: 10, x1: 30, width: 1 }
    expect(pointOnRoute(path, 0)).toEqual({ x: 0, y: 0 })
    expect(pointOnRoute(path, 1)).toEqual({ x: 30, y: 10 })
    expect(pointOnRoute(path, 0.5).x).toBeCloseTo(15)
    expect(pointOnRoute(path, 0.5).y).toBeCloseTo(5)
  })
})
