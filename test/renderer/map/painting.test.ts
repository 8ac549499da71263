import { beforeEach, describe, expect, it } from 'vitest'
import { fitted } from '../../../src/renderer/map/camera.ts'
import { layoutMap } from '../../../src/renderer/map/layout.ts'
import { createPainting, type Showing } from '../../../src/renderer/map/painting.ts'
import { readPalette } from '../../../src/renderer/map/palette.ts'
import { strongestRoute } from '../../../src/renderer/map/trace.ts'
import { districtWords } from '../../../src/renderer/map/words.ts'
import { type Frame, readFrame } from '../../../src/shared/frame.ts'
import { aFrame } from '../fixture-bridge.ts'
import { aNetwork, labSize, noHolds, someParameters } from './a-network.ts'

const network = aNetwork(2, 3, 2)
const parameters = someParameters(network.parameterCount)
const activations = someParameters(network.nodes, 7)
const t = (key: string): string => key

function frameAt(step: number): Frame {
  const sections = { parameters: [...parameters], activations: [...activations], contributions: [...parameters] }
  return readFrame(aFrame({ status: 'running', step }, sections))
}

const showing: Showing = {
  network,
  layout: layoutMap(network, labSize, { picture: 'bar' }),
  camera: fitted,
  size: labSize,
  palette: readPalette(document.body),
  language: 'en',
  t,
  captions: 'map',
  districts: districtWords(network, 'map', 'bar', t),
  mode: 'plain',
  lensOfLines: 'weights',
  lens: 'contribution',
  shown: 'weights',
  pictured: network.layers.map(() => false),
  holds: noHolds(network),
  alone: null,
  selected: null,
  hovered: null,
  focused: null,
  focusedLayer: null,
  traces: true,
  lit: null,
  bus: null,
  destination: 1,
  before: [],
  probe: null,
  phase: null,
}

let strokes = 0

/** A context that counts strokes: the canvas of this environment has none. */
function countingContext(): CanvasRenderingContext2D {
  const known: Record<string, unknown> = {
    measureText: () => ({ width: 10 }),
    stroke: () => {
      strokes++
    },
  }
  return new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => known[String(name)] ?? (() => undefined),
    set: () => true,
  })
}

function aCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const context = countingContext()
  return Object.assign(canvas, { getContext: () => context })
}

beforeEach(() => {
  strokes = 0
})

describe('a painting', () => {
  it('paints a frame, and remembers it with its plates', () => {
    const painting = createPainting()
    const frame = frameAt(1)
    const scene = painting.paint(aCanvas(), showing, frame)
    expect(strokes).toBeGreaterThan(0)
    expect(scene?.values.parameters).toEqual(parameters)
    expect([painting.painted(), painting.read()]).toEqual([frame, frame])
    expect(painting.plates().length).toBeGreaterThan(0)
  })

  it('paints every frame, with numbers that stand long enough to be read', () => {
    const painting = createPainting()
    const [first, second] = [frameAt(1), frameAt(2)]
    painting.paint(aCanvas(), showing, first)
    expect(painting.paint(aCanvas(), showing, second)).not.toBeNull()
    expect([painting.painted(), painting.read()]).toEqual([second, first])
  })

  it('fits its canvas to the screen', () => {
    const canvas = aCanvas()
    createPainting().paint(canvas, showing, frameAt(1))
    expect([canvas.width, canvas.height]).toEqual([labSize.width, labSize.height])
  })

  it('is nothing where there is no room', () => {
    const painting = createPainting()
    expect(painting.paint(aCanvas(), { ...showing, size: { width: 1, height: 1 } }, frameAt(1))).toBeNull()
    expect([painting.painted(), strokes]).toEqual([null, 0])
  })

  it('stands where it is quiet, until something else than the frame is another', () => {
    const painting = createPainting()
    const quiet: Showing = { ...showing, mode: 'quiet' }
    const first = frameAt(1)
    expect(painting.paint(aCanvas(), quiet, first)).not.toBeNull()
    expect(painting.paint(aCanvas(), quiet, frameAt(2))).toBeNull()
    painting.renew()
    expect(painting.paint(aCanvas(), quiet, frameAt(3))).not.toBeNull()
    expect(painting.painted()).toBe(first)
  })

  it('is copied as it is in sight, without what the person points at', () => {
    const painting = createPainting()
    const pointedAt: Showing = { ...showing, hovered: { kind: 'node', parameter: '', index: 0, node: 0 } }
    painting.paint(aCanvas(), showing, frameAt(1))
    const plain = strokes
    painting.paint(aCanvas(), pointedAt, frameAt(1))
    expect(strokes - plain).toBeGreaterThan(plain)
    const [painted, plates] = [painting.painted(), painting.plates()]
    strokes = 0
    painting.copy(countingContext(), pointedAt, frameAt(2), 3)
    expect(strokes).toBe(plain)
    expect(painting.painted()).toBe(painted)
    expect(painting.plates()).toBe(plates)
  })
})

describe('the traced route', () => {
  const traceOf = (change: Partial<Showing>): unknown =>
    createPainting().paint(aCanvas(), { ...showing, ...change }, frameAt(1))?.trace

  it('is the strongest to the destination, or the one that was chosen', () => {
    expect(traceOf({})).toEqual(strongestRoute(network, parameters, activations, 1)?.route)
    const lit = [{ gap: 0, from: 1, to: 2 }]
    expect(traceOf({ lit })).toBe(lit)
    expect(traceOf({ lit: [] })).toEqual([])
  })

  it('is none where none is looked for, no destination is, or stops show no bars', () => {
    expect(traceOf({ traces: false })).toEqual([])
    expect(traceOf({ destination: null })).toEqual([])
    expect(traceOf({ layout: layoutMap(network, labSize, { picture: 'heat' }) })).toEqual([])
  })

  it('gives way to the operation of a step that is taken apart', () => {
    expect(traceOf({ phase: { kind: 'forward', layer: 1 } })).toEqual([])
  })
})
