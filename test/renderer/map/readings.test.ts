import { describe, expect, it } from 'vitest'
import { layoutMap } from '../../../src/renderer/map/layout.ts'
import { numbersMs } from '../../../src/renderer/map/pace.ts'
import { rampSteps } from '../../../src/renderer/map/palette.ts'
import { lineNumber, numberCandidates } from '../../../src/renderer/map/plates.ts'
import { createReadings } from '../../../src/renderer/map/readings.ts'
import { fitRoutes } from '../../../src/renderer/map/routes.ts'
import { lineValues, mapValues } from '../../../src/renderer/map/scene.ts'
import { fillColumn } from '../../../src/renderer/map/strip-atlas.ts'
import { type Frame, readFrame } from '../../../src/shared/frame.ts'
import { aFrame } from '../fixture-bridge.ts'
import { aNetwork, labSize, someParameters } from './a-network.ts'

const running = (step: number): Frame => readFrame(aFrame({ status: 'running', step }, { parameters: [1] }))

describe('frames of a map', () => {
  it('are drawn as they come, and read at most ten times a second where all numbers are written', () => {
    expect(numbersMs.numbers).toBeGreaterThanOrEqual(100)
    const readings = createReadings()
    const [first, second] = [running(1), running(2)]
    expect(readings.frames(first, 'numbers', 0)).toEqual({ drawn: first, read: first })
    expect(readings.frames(second, 'numbers', numbersMs.numbers - 1)).toEqual({ drawn: second, read: first })
    expect(readings.frames(second, 'numbers', numbersMs.numbers)).toEqual({ drawn: second, read: second })
  })

  it('stand still for seconds where the map is quiet, until the training stands', () => {
    const readings = createReadings()
    const first = running(1)
    readings.frames(first, 'quiet', 0)
    expect(readings.frames(running(2), 'quiet', 3000)).toEqual({ drawn: first, read: first })
    const paused = readFrame(aFrame({ status: 'paused', step: 3 }, { parameters: [1] }))
    expect(readings.frames(paused, 'quiet', 3001).drawn).toBe(paused)
  })
})

describe('what lines show', () => {
  const network = aNetwork(2, 3, 2)
  const frame = readFrame(
    aFrame(
      {},
      {
        parameters: Array.from(someParameters(network.parameterCount)),
        gradients: Array.from(someParameters(network.parameterCount, 2)),
      },
    ),
  )
  const values = mapValues(network, frame)

  it('are weights or gradients, and weights where the frame has no gradients', () => {
    expect(lineValues(values, 'weights')).toBe(values.parameters)
    expect(lineValues(values, 'gradients')).toBe(values.gradients)
    expect(lineValues({ ...values, gradients: new Float32Array(0) }, 'gradients')).toBe(values.parameters)
  })

  it('decides the widths of the lines', () => {
    const layout = layoutMap(network, labSize, { picture: 'heat' })
    fitRoutes(layout, values.parameters)
    const byWeight = Array.from(layout.gaps[0]?.widths ?? [])
    fitRoutes(layout, lineValues(values, 'gradients'))
    expect(Array.from(layout.gaps[0]?.widths ?? [])).not.toEqual(byWeight)
  })

  it('is written with its sign, small gradients too', () => {
    expect(lineNumber('weights', -0.5, 2)).toBe('−0.50')
    expect(lineNumber('gradients', 0.0123, 2)).toBe('+0.012')
    expect(lineNumber('gradients', -0.0000123, 2)).toBe('−1.2e-5')
  })
})

describe('strips', () => {
  it('are written a colour a cell with a clear line below it, and say where a value is no number', () => {
    const ramp = Uint32Array.from({ length: rampSteps }, (_, n) => n + 1)
    const pixels = new Uint32Array(2 * 16)
    expect(fillColumn(pixels, 1, 2, Float32Array.of(-1, 1), ramp)).toBe(true)
    const column = Array.from({ length: 16 }, (_, row) => pixels[row * 2 + 1])
    expect([column[0], column[6], column[7]]).toEqual([1, 1, 0])
    expect([column[8], column[14], column[15]]).toEqual([rampSteps, rampSteps, 0])
    expect(pixels.filter((_, n) => n % 2 === 0).every((word) => word === 0)).toBe(true)
    expect(fillColumn(pixels, 0, 2, Float32Array.of(0, Number.NaN), ramp)).toBe(false)
  })
})

describe('all numbers', () => {
  it('asks for every line while they are few, else for the strongest', () => {
    const network = aNetwork(2, 3, 2)
    const gap = layoutMap(network, labSize, { picture: 'heat' }).gaps[0]
    if (gap === undefined) throw new Error('internal: no gap')
    expect(numberCandidates(gap, new Float32Array(17))).toEqual([0, 1, 2, 3, 4, 5])
    expect(numberCandidates(gap, Float32Array.of(0.1, -3, 0.2, 2, 0, 0), 2)).toEqual([1, 3])
  })

  it('makes room for the number of each bias by smaller pictures', () => {
    const network = aNetwork(2, 8, 8, 2)
    const size = { width: 808, height: 560 }
    const numbered = (numbers: boolean): boolean =>
      layoutMap(network, size, { picture: 'heat', numbers }).stops.every((stop) => stop.size.biasNumber)
    expect([numbered(false), numbered(true)]).toEqual([false, true])
  })
})
