import { describe, expect, it } from 'vitest'
import {
  fitted,
  mostZoom,
  scrolled,
  stageOf,
  withinSight,
  worldSize,
  zoomed,
} from '../../../src/renderer/map/camera.ts'
import { aNetwork, labSize } from './a-network.ts'

const stage = stageOf(aNetwork(2, 5, 3, 2), labSize)

describe('the camera', () => {
  it('keeps the point under the pointer where it is', () => {
    const near = zoomed(fitted, stage, 2, 300, 200)
    expect(near.zoom).toBe(2)
    expect((near.left + 300) / worldSize(stage, 2).width).toBeCloseTo(300 / labSize.width)
    expect((near.top + 200) / worldSize(stage, 2).height).toBeCloseTo(200 / labSize.height)
  })

  it('never leaves the map', () => {
    expect(scrolled(fitted, stage, 500, 500)).toEqual(fitted)
    const far = scrolled({ zoom: 2, left: 0, top: 0 }, stage, 1e6, -1e6)
    expect(far).toEqual({ zoom: 2, left: labSize.width, top: 0 })
    expect(zoomed(fitted, stage, 0.1, 0, 0).zoom).toBe(1)
    expect(zoomed(fitted, stage, 1e6, 0, 0).zoom).toBe(mostZoom(stage))
  })

  it('gives a deep map width until its columns have room, and not more height than its rows need', () => {
    const deep = stageOf(aNetwork(2, ...Array<number>(98).fill(4), 2), labSize)
    const { width, height } = worldSize(deep, mostZoom(deep))
    expect(width / 100).toBeCloseTo(220)
    expect(height).toBeLessThan(labSize.height * 2)
  })

  it('shows a box by moving no further than needed', () => {
    const camera = { zoom: 2, left: 0, top: 0 }
    expect(withinSight(camera, stage, { x: 100, y: 100, width: 40, height: 40 })).toBe(camera)
    expect(withinSight(camera, stage, { x: 1000, y: 100, width: 40, height: 40 }).left).toBe(
      1000 + 40 + 24 - labSize.width,
    )
  })
})
